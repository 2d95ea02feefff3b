package dev.parley.testsupport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ImpairmentProxyTest {
    private static final byte END = 127;

    private DatagramSocket server;
    private DatagramSocket client;
    private ImpairmentProxy proxy;

    @BeforeEach
    void open() throws Exception {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        proxy = ImpairmentProxy.toLoopback(server.getLocalPort(), 42);
    }

    @AfterEach
    void close() {
        proxy.close();
        server.close();
        client.close();
    }

    @Test
    void passesBothWaysAndGivesEachClientItsOwnAddress() throws Exception {
        try (var second = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            send(client, (byte) 1);
            DatagramPacket first = receive(server);
            send(second, (byte) 2);
            DatagramPacket other = receive(server);
            assertEquals(1, first.getData()[0]);
            assertEquals(2, other.getData()[0]);
            assertFalse(first.getSocketAddress().equals(other.getSocketAddress()), "two clients, two addresses");
            server.send(new DatagramPacket(new byte[] {3}, 1, first.getSocketAddress()));
            assertEquals(3, receive(client).getData()[0]);
            assertEquals(2, proxy.upFigures().offered());
            assertEquals(1, proxy.downFigures().offered());
        }
    }

    @Test
    void losesTheSameDatagramsWithTheSameSeed() throws Exception {
        Set<Byte> first = arrivals();
        try (var again = ImpairmentProxy.toLoopback(server.getLocalPort(), 42)) {
            proxy.close();
            proxy = again;
            assertEquals(first, arrivals());
        }
        assertTrue(first.size() > 40 && first.size() < 90, "of 100 with 30 % lost: " + first.size());
    }

    private Set<Byte> arrivals() throws Exception {
        proxy.up(LinkProfile.CLEAR.withLoss(0.3));
        for (byte i = 0; i < 100; i++) send(client, i);
        awaitOffered(100);
        proxy.up(LinkProfile.CLEAR);
        send(client, END);
        Set<Byte> arrived = new HashSet<>();
        for (byte got = receive(server).getData()[0];
                got != END;
                got = receive(server).getData()[0]) arrived.add(got);
        assertEquals(100 - arrived.size(), proxy.upFigures().lost());
        return arrived;
    }

    @Test
    void delaysDuplicatesAndGoesBackToNormal() throws Exception {
        proxy.up(LinkProfile.CLEAR.withDelay(80, 0).withDuplicates(1));
        long beforeNs = System.nanoTime();
        send(client, (byte) 1);
        assertEquals(1, receive(server).getData()[0]);
        assertTrue(System.nanoTime() - beforeNs >= 80_000_000, "80 ms late at least");
        assertEquals(1, receive(server).getData()[0], "twice");
        proxy.up(LinkProfile.CLEAR.withLoss(1));
        send(client, (byte) 2);
        awaitOffered(2);
        proxy.up(LinkProfile.CLEAR);
        send(client, (byte) 3);
        assertEquals(3, receive(server).getData()[0], "2 was lost");
    }

    @Test
    void rewritesTheUdpCandidateAndTakesTheOthersOut() {
        String answer = "v=0\r\na=candidate:1 1 udp 2130706431 10.0.0.1 7110 typ host\r\n"
                + "a=candidate:2 1 tcp 1671430143 10.0.0.1 7110 typ host tcptype passive\r\n"
                + "a=candidate:3 1 udp 2130706175 10.0.0.2 7110 typ host\r\na=end-of-candidates\r\n";
        assertEquals(
                "v=0\r\na=candidate:1 1 udp 2130706431 127.0.0.1 " + proxy.port()
                        + " typ host\r\na=end-of-candidates\r\n",
                proxy.throughMe(answer));
    }

    private void awaitOffered(long datagrams) {
        while (proxy.upFigures().offered() < datagrams) Thread.onSpinWait(); // ended by the class's timeout
    }

    private void send(DatagramSocket from, byte value) throws Exception {
        from.send(new DatagramPacket(
                new byte[] {value}, 1, new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
    }

    private static DatagramPacket receive(DatagramSocket by) throws Exception {
        by.setSoTimeout(5_000);
        var packet = new DatagramPacket(new byte[64], 64);
        try {
            by.receive(packet);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came", e);
        }
        return packet;
    }
}
