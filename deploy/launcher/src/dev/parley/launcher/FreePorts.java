package dev.parley.launcher;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the suite's ports can be bound. */
final class FreePorts {
    private FreePorts() {}

    /** @throws Fault naming every port that is taken; a PostgreSQL of ours that was left behind is no fault, infra adopts it */
    static void check(Ports ports, boolean lan) {
        var taken = new ArrayList<String>();
        tcp(ports, lan).forEach((name, port) -> {
            if (!tcpIsFree(port) && port != ports.postgres()) taken.add(name + " TCP " + port);
        });
        if (!udpIsFree(ports.media())) taken.add("relay media UDP " + ports.media());
        if (taken.isEmpty()) return;
        throw new Fault("taken by another program: " + String.join(", ", taken)
                + "\n    find it with: ss -ltunp    or choose other ports: PARLEY_PORT_BASE=" + (ports.base() + 1000)
                + " ./parley up");
    }

    static Map<String, Integer> tcp(Ports ports, boolean lan) {
        var all = new LinkedHashMap<String, Integer>();
        for (Service service : Service.values()) all.put(service.title, service.port(ports));
        all.put("relay media", ports.media());
        all.put("relay tap", ports.tap());
        all.put("postgres", ports.postgres());
        all.put("kafka", ports.kafka());
        all.put("kafka controller", ports.kafkaController());
        all.put("s3", ports.s3());
        if (lan) {
            all.put("https", ports.secure());
            all.put("certificate of the local authority", ports.authority());
        }
        return all;
    }

    static boolean tcpIsFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a connection that was closed a moment ago does not count
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean udpIsFree(int port) {
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
