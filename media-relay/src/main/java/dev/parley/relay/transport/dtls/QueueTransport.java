package dev.parley.relay.transport.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/** What BouncyCastle takes for a socket: datagrams come out of a bounded queue that the event loop fills, and go out through a call. */
final class QueueTransport implements DatagramTransport {
    /** Where datagrams go. */
    interface Sink {
        void send(byte[] bytes, int offset, int length);
    }

    /** A handshake's flight has about 6 datagrams; more than this waiting is a flood. */
    static final int QUEUE_MAX = 32;

    /** Bytes of one datagram out: fits any path that WebRTC media fits. */
    private static final int SEND_BYTES_MAX = 1200;

    private static final int RECEIVE_BYTES_MAX = 2048;
    private static final byte[] WAKE = new byte[0];

    private final ArrayBlockingQueue<byte[]> in = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Sink out;
    private volatile boolean closed;
    private volatile boolean stopped;
    private volatile boolean established;

    QueueTransport(Sink out) {
        this.out = out;
    }

    /** False when the queue is full: the datagram is lost, as datagrams may be. */
    boolean offer(byte[] datagram) {
        return !closed && in.offer(datagram);
    }

    int waiting() {
        return in.size();
    }

    /** Makes every wait throw, now and later; sending still works. */
    void stop() {
        stopped = true;
        in.clear();
        in.offer(WAKE);
    }

    /** The handshake is done: from now on a stop is no fault. */
    void established() {
        established = true;
    }

    /** True after the protocol closed it: close_notify came or went, or the handshake was given up. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_BYTES_MAX;
    }

    @Override
    public int getSendLimit() {
        return SEND_BYTES_MAX;
    }

    /** @return bytes received, -1 after waitMillis (0 = without end) */
    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
        try {
            byte[] datagram =
                    stopped || closed ? WAKE : waitMillis == 0 ? in.take() : in.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == WAKE) {
                // BouncyCastle takes -1 for a timeout and asks again. After an "interrupted" it can still say
                // close_notify.
                throw established ? new InterruptedIOException("stopped") : new IOException("stopped");
            }
            if (datagram == null) {
                return -1;
            }
            int bytes = Math.min(len, datagram.length);
            System.arraycopy(datagram, 0, buf, off, bytes);
            return bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void send(byte[] buf, int off, int len) {
        if (!closed) {
            out.send(buf, off, len);
        }
    }

    /** By BouncyCastle on its own thread, e.g. within a receive that got close_notify and would go on to wait. */
    @Override
    public void close() {
        closed = true;
    }
}
