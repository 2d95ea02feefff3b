package dev.parley.rtp.framed;

import io.netty.buffer.ByteBuf;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;

/** An open ingress: the feed lives as long as this. Any threads may send (one packet each at a time); one thread reads what comes back. */
public final class IngressConnection implements Closeable {
    /** Takes an RTCP compound from the relay; the buffer is valid during the call only. */
    public interface RtcpHandler {
        void onRtcp(ByteBuf compound) throws IOException;
    }

    private static final int BUFFER_BYTES = 32 * 1024;

    private final Socket socket;
    private final FrameInput in;
    private final OutputStream out;
    private final ReentrantLock sending = new ReentrantLock();

    IngressConnection(Socket socket, FrameInput in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    /** Queues one RTP packet or RTCP compound; it leaves with {@link #flush} or when 32 KiB have gathered. The buffer's indices stay. */
    public void send(ByteBuf packet) throws IOException {
        int bytes = packet.readableBytes();
        if (bytes > Frames.PACKET_BYTES_MAX) throw new IllegalArgumentException("packet of " + bytes + " bytes");
        sending.lock();
        try {
            out.write(bytes >>> 8);
            out.write(bytes);
            packet.getBytes(packet.readerIndex(), out, bytes);
        } finally {
            sending.unlock();
        }
    }

    public void flush() throws IOException {
        sending.lock();
        try {
            out.flush();
        } finally {
            sending.unlock();
        }
    }

    /** Reads the relay's RTCP (PLI: the next picture should be a key frame) until the relay closes the stream. Run it on a thread of its own. */
    public void readRtcp(RtcpHandler handler) throws IOException {
        for (ByteBuf packet = in.readPacket(); packet != null; packet = in.readPacket()) {
            if (Frames.isRtcp(packet)) handler.onRtcp(packet);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
