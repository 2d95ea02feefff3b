package dev.parley.relay.transport;

import java.util.List;

/**
 * @param bind           address that the sockets listen on
 * @param port           UDP and TCP; 0 = any free one (for tests)
 * @param announce       addresses that go into answers as host candidates, most wanted first, IPv4 or IPv6
 * @param loops          event loops; rooms are spread over them
 * @param transportsMax  open transports, all loops together
 * @param tcpMax         open ICE-TCP connections
 * @param connectMs      CONNECTING to FAILED
 * @param disconnectedMs CONNECTED to DISCONNECTED without a valid check or authentic media; consent checks may be 6 s apart (RFC 7675)
 * @param failedMs       DISCONNECTED to FAILED
 * @param io             through what packets come and go
 */
public record TransportSettings(
        String bind,
        int port,
        List<String> announce,
        int loops,
        int transportsMax,
        int tcpMax,
        long connectMs,
        long disconnectedMs,
        long failedMs,
        MediaIo io) {
    public TransportSettings {
        announce = List.copyOf(announce);
        if (announce.isEmpty()) {
            throw new IllegalArgumentException("no announced address");
        }
        if (loops < 1 || loops > 64) {
            throw new IllegalArgumentException("loops must be 1 to 64: " + loops);
        }
    }

    /** The defaults of docs/relay-transport.md. */
    public static TransportSettings of(String bind, int port, List<String> announce) {
        return new TransportSettings(bind, port, announce, 1, 10_000, 2_000, 30_000, 7_000, 15_000, MediaIo.AUTO);
    }

    public TransportSettings withLoops(int count) {
        return new TransportSettings(
                bind, port, announce, count, transportsMax, tcpMax, connectMs, disconnectedMs, failedMs, io);
    }

    public TransportSettings withIo(MediaIo other) {
        return new TransportSettings(
                bind, port, announce, loops, transportsMax, tcpMax, connectMs, disconnectedMs, failedMs, other);
    }
}
