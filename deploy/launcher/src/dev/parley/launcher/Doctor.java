package dev.parley.launcher;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code ./parley doctor}: each finding with its cure. Exit status 0 when nothing stands in the way. */
final class Doctor {
    private static final long DISK_MIN_MIB = 4_096;
    private static final long MEMORY_MIN_MIB = 3_072;

    private final Layout layout;
    private final Ports ports;
    private int faults;

    Doctor(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
    }

    int run() {
        jdk();
        packages();
        disk();
        memory();
        boolean runs = new Suite(layout, ports).infraRuns();
        if (runs) services();
        else tcpPorts();
        udp();
        certificates();
        if (runs) webRtc();
        else say(true, "WebRTC", "not tried: the suite does not run; ./parley up -d, then ./parley doctor", "");
        System.out.println(faults == 0 ? "nothing stands in the way" : faults + " to cure");
        return faults == 0 ? 0 : 1;
    }

    private void say(boolean good, String what, String finding, String cure) {
        if (!good) faults++;
        System.out.printf("%-5s %-14s %s%n", good ? "ok" : "FAULT", what, finding);
        if (!good) System.out.println("      cure:          " + cure);
    }

    private void jdk() {
        int feature = Runtime.version().feature();
        say(feature >= 25, "JDK", Runtime.version() + " in " + System.getProperty("java.home"), "install a JDK 25 or newer");
        say(Files.isExecutable(Path.of(System.getProperty("java.home"), "bin", "javac")), "javac", "the JDK compiles",
                "that is a JRE: install the JDK package");
    }

    private void packages() {
        for (var need : Packages.Need.values()) {
            boolean there = need.there();
            if (need == Packages.Need.JANUS && !there) continue; // nothing stands in the way without it
            say(there, need.debianPackage, there ? "there" : "missing, " + need.why, Packages.command(List.of(need)));
        }
        if (!Packages.Need.FFMPEG.there()) return;
        String encoders = Shell.ask("ffmpeg", "-hide_banner", "-encoders").text();
        for (String encoder : List.of("libx264", "aac", "libvpx", "libopus")) {
            say(encoders.contains(" " + encoder + " "), "ffmpeg " + encoder, "encoder", "take Debian's ffmpeg package");
        }
    }

    private void disk() {
        try {
            long mib = Files.getFileStore(layout.root()).getUsableSpace() >> 20;
            say(mib >= DISK_MIN_MIB, "disk", mib + " MiB free below " + layout.root(),
                    "free " + DISK_MIN_MIB + " MiB: builds, caches and recordings need them");
        } catch (IOException e) {
            say(false, "disk", e.getMessage(), "see the message");
        }
    }

    private void memory() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            long mib = lines.filter(line -> line.startsWith("MemAvailable"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum() >> 10;
            boolean runs = new Suite(layout, ports).infraRuns();
            say(runs || mib >= MEMORY_MIN_MIB, "memory", mib + " MiB available", "the suite needs up to 2560 MiB: close something");
        } catch (IOException e) {
            say(true, "memory", "not known here", "");
        }
    }

    private void tcpPorts() {
        FreePorts.tcp(ports, true).forEach((name, port) -> say(
                FreePorts.tcpIsFree(port), "TCP " + port, name, "ss -ltnp | grep " + port + ", or another PARLEY_PORT_BASE"));
    }

    private void services() {
        for (var row : new Suite(layout, ports).readiness().entrySet()) {
            String name = row.getKey().title;
            say(row.getValue(), name, row.getValue() ? "ready at " + row.getKey().url(ports) : "not ready", "./parley logs " + name);
        }
    }

    /** A datagram to oneself: firewalls and sandboxes that forbid UDP show here. */
    private void udp() {
        byte[] sent = "parley doctor".getBytes();
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            socket.setSoTimeout(1_000);
            socket.send(new DatagramPacket(sent, sent.length, socket.getLocalSocketAddress()));
            var got = new DatagramPacket(new byte[64], 64);
            socket.receive(got);
            say(got.getLength() == sent.length, "UDP", "datagrams travel on this machine", "a firewall cuts datagrams short");
            receiveBuffer(socket);
        } catch (IOException e) {
            say(false, "UDP", "no datagram came back: " + e.getMessage(), "let the firewall pass UDP on the loopback interface");
        }
        if (!new Suite(layout, ports).infraRuns()) {
            say(FreePorts.udpIsFree(ports.media()), "UDP " + ports.media(), "relay media", "ss -lunp | grep " + ports.media());
        }
    }

    private void receiveBuffer(DatagramSocket socket) throws SocketException {
        socket.setReceiveBufferSize(4 << 20);
        int kiB = socket.getReceiveBufferSize() >> 10;
        say(true, "UDP buffer", kiB + " KiB" + (kiB < 1_024 ? "; for large rooms: sysctl -w net.core.rmem_max=4194304" : ""), "");
    }

    private void certificates() {
        Path authority = layout.home().resolve("secrets/lan-authority.p12");
        say(true, "certificates", Files.exists(authority)
                        ? "local authority " + authority
                        : "none yet: up --lan makes a local authority; localhost needs none", "");
    }

    /** A real ICE and DTLS handshake and a media round trip, by the load client's probe. */
    private void webRtc() {
        if (!Files.exists(layout.root().resolve("bench/src/main/java/dev/parley/bench/DoctorProbe.java"))) {
            say(false, "WebRTC", "this clone has no probe", "update the clone");
            return;
        }
        int status = Shell.show(
                layout.root(),
                Map.of("PARLEY_TOKEN", Http.serviceToken(ports, new Secrets(layout), "signaling")),
                Suite.java(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                new ModuleClassPath(layout, "bench").get(),
                "dev.parley.bench.DoctorProbe",
                Service.RELAY.url(ports));
        say(status == 0, "WebRTC", status == 0 ? "a connection to the relay opens" : "no connection to the relay opens",
                "./parley logs relay; a firewall between here and UDP port " + ports.media() + "?");
    }
}
