package dev.parley.bench.load.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What sockets could not hold (the last column of /proc/net/udp, proc_net(5)): losses that are the receiver's own fault. */
public final class SocketDrops {
    private SocketDrops() {}

    /** Datagrams dropped so far at this machine's IPv4 sockets with these local ports. */
    public static long of(Set<Integer> ports) throws IOException {
        return sum(Files.readString(Path.of("/proc/net/udp")), ports);
    }

    static long sum(String table, Set<Integer> ports) {
        return table.lines()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length >= 13 && ports.contains(port(fields[1])))
                .mapToLong(fields -> Long.parseLong(fields[fields.length - 1]))
                .sum();
    }

    /** "0100007F:1E96" */
    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }
}
