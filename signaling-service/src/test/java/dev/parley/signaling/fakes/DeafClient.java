package dev.parley.signaling.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A WebSocket (RFC 6455) on a bare socket: it reads only when it is told to, as no well-behaved library does. */
public final class DeafClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OPCODE_TEXT = 1;
    private static final int OPCODE_CLOSE = 8;
    private static final int PATIENCE_MS = 90_000;
    /** Small, so that a server soon feels that nobody reads. */
    private static final int RECEIVE_BUFFER_BYTES = 16 * 1024;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private int nextId = 1;
    private volatile boolean cut;

    private record Frame(int opcode, byte[] payload) {}

    public DeafClient(URI base) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), PATIENCE_MS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(("GET /v1/ws HTTP/1.1\r\nHost: " + base.getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: parley.v1\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.readUnsignedByte());
        if (!head.toString().startsWith("HTTP/1.1 101")) throw new IOException(head.toString());
    }

    /** Sends a request and reads up to its answer; pushes before it are thrown away. */
    public JsonNode request(String type, Map<String, ?> data) throws IOException {
        int id = nextId++;
        send(JSON.writeValueAsBytes(Map.of("id", id, "type", type, "data", data)));
        while (true) {
            Frame frame = read();
            if (frame.opcode != OPCODE_TEXT) throw new IOException("frame of opcode " + frame.opcode);
            JsonNode message = JSON.readTree(frame.payload);
            if (message.path("re").asInt() == id) return message;
        }
    }

    /** Whether the server has ended the connection, seen by writing to it, not by reading. Needs {@link #keepAlive}. */
    public boolean isCut() {
        return cut;
    }

    /** Says that it lives, though it does not listen. */
    public DeafClient keepAlive() {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    send("{\"type\":\"ack\",\"seq\":0}".getBytes(StandardCharsets.UTF_8));
                    Thread.sleep(500);
                }
            } catch (IOException | InterruptedException _) {
                cut = true;
            }
        });
        return this;
    }

    /** Reads what has come meanwhile, to its end. -1 when the connection ended without a close frame. */
    public int closeCode() {
        try {
            while (true) {
                Frame frame = read();
                if (frame.opcode == OPCODE_CLOSE)
                    return ByteBuffer.wrap(frame.payload).getShort() & 0xFFFF;
            }
        } catch (IOException _) {
            return -1;
        }
    }

    /** One masked text frame (RFC 6455 section 5.2); the mask is zero, so the payload is as it is. */
    private synchronized void send(byte[] text) throws IOException {
        var frame = ByteBuffer.allocate(text.length + 14);
        frame.put((byte) (0x80 | OPCODE_TEXT));
        if (text.length < 126) frame.put((byte) (0x80 | text.length));
        else frame.put((byte) (0x80 | 126)).putShort((short) text.length);
        frame.putInt(0).put(text);
        out.write(frame.array(), 0, frame.position());
    }

    private Frame read() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        long length = in.readUnsignedByte() & 0x7F;
        if (length == 126) length = in.readUnsignedShort();
        else if (length == 127) length = in.readLong();
        return new Frame(opcode, in.readNBytes((int) length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
