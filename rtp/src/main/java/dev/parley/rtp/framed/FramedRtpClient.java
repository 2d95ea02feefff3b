package dev.parley.rtp.framed;

import dev.parley.contracts.node.MediaAddress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens framed RTP streams to a relay: TLS 1.3, the certificate pinned by the node record, hello and answer. Blocking; made for virtual threads.
 */
public final class FramedRtpClient {
    private static final int READ_BUFFER_BYTES = 64 * 1024;

    private FramedRtpClient() {}

    /**
     * @param timeout for connecting and for the answer; afterwards the longest silence: at least 3 s, as the relay speaks once a second
     * @throws HelloRefusedException when the relay said no
     */
    public static TapConnection tap(MediaAddress relay, Hello.Tap hello, Duration timeout) throws IOException {
        Socket socket = connect(relay, timeout);
        try {
            var in = input(socket);
            return new TapConnection(socket, in, greet(socket, in, hello));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * @param timeout for connecting and for the answer
     * @throws HelloRefusedException when the relay said no
     */
    public static IngressConnection ingress(MediaAddress relay, Hello.Ingress hello, Duration timeout)
            throws IOException {
        Socket socket = connect(relay, timeout);
        try {
            var in = input(socket);
            greet(socket, in, hello);
            socket.setSoTimeout(0);
            return new IngressConnection(socket, in, socket.getOutputStream());
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket connect(MediaAddress relay, Duration timeout) throws IOException {
        int timeoutMs = Math.toIntExact(timeout.toMillis());
        SSLSocketFactory factory = PinnedTrust.context(relay.fingerprint()).getSocketFactory();
        var plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(relay.host(), relay.port()), timeoutMs);
            plain.setSoTimeout(timeoutMs);
            plain.setTcpNoDelay(true);
            var tls = (SSLSocket) factory.createSocket(plain, relay.host(), relay.port(), true);
            tls.startHandshake();
            return tls;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static FrameInput input(Socket socket) throws IOException {
        return new FrameInput(new BufferedInputStream(socket.getInputStream(), READ_BUFFER_BYTES));
    }

    private static HelloAnswer greet(Socket socket, FrameInput in, Hello hello) throws IOException {
        socket.getOutputStream().write(HelloCodec.encode(hello));
        socket.getOutputStream().flush();
        HelloAnswer answer;
        try {
            answer = HelloCodec.parseAnswer(in.readLine());
        } catch (IllegalArgumentException e) {
            throw new IOException("the relay's answer is not understood", e);
        }
        if (!answer.ok()) throw new HelloRefusedException(answer);
        return answer;
    }
}
