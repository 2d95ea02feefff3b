package dev.parley.bench.relay;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the command was told.
 *
 * @param quick  one short window of one case on Parley alone: does the bench work?
 * @param relays of parley, janus, janus-1
 * @param cases  names of {@link RelayRun#caseNames}; empty = all
 * @param app    folder of the relay's quarkus-run.jar
 * @param flags  of the relay's JVM; on the command line one a line
 * @param pinned relays have core 0, the load core 1 (where the launcher has put it)
 */
public record Options(
        boolean quick,
        List<String> relays,
        List<String> cases,
        int windows,
        double seconds,
        Path json,
        Path app,
        List<String> flags,
        Inet4Address address,
        Path logs,
        boolean pinned,
        boolean gro) {
    public static final String USAGE = """
            usage: ./parley bench relay [--quick] [--relays parley,janus,janus-1] [--cases NAME,...] [--windows 5] [--seconds 5]
                                        [--json FILE] [--gro]
              janus    as Debian ships it       janus-1  with event_loops = 1
              --gro    the load takes trains of datagrams whole, as a receiver behind a modern NIC does""";

    /** @throws IllegalArgumentException that says what is wrong */
    public static Options parse(String... arguments) {
        boolean quick = false, pinned = false, gro = false;
        var relays = List.of("parley", "janus", "janus-1");
        List<String> cases = List.of(), flags = List.of();
        int windows = 5;
        double seconds = 5;
        Path json = null, app = null, logs = Path.of(System.getProperty("java.io.tmpdir"));
        String address = "127.0.0.1";
        var left = Arrays.asList(arguments).iterator();
        while (left.hasNext()) {
            String name = left.next();
            switch (name) {
                case "--quick" -> quick = true;
                case "--pinned" -> pinned = true;
                case "--gro" -> gro = true;
                case "--relays" -> relays = list(value(name, left));
                case "--cases" -> cases = list(value(name, left));
                case "--windows" -> windows = Integer.parseInt(value(name, left));
                case "--seconds" -> seconds = Double.parseDouble(value(name, left));
                case "--json" -> json = Path.of(value(name, left)).toAbsolutePath();
                case "--relay-app" -> app = Path.of(value(name, left));
                case "--relay-flags" -> flags = List.of(value(name, left).split("\n"));
                case "--address" -> address = value(name, left);
                case "--logs" -> logs = Path.of(value(name, left));
                default -> throw new IllegalArgumentException("there is no option " + name + "\n" + USAGE);
            }
        }
        if (app == null)
            throw new IllegalArgumentException("--relay-app is missing: start this by ./parley bench relay");
        if (windows < 1 || seconds < 1) throw new IllegalArgumentException("at least one window of one second");
        for (String relay : relays)
            if (!List.of("parley", "janus", "janus-1").contains(relay))
                throw new IllegalArgumentException("there is no relay " + relay + "\n" + USAGE);
        for (String one : cases)
            if (!RelayRun.caseNames().contains(one))
                throw new IllegalArgumentException("there is no case " + one + "; there are: " + RelayRun.caseNames());
        if (quick) relays = List.of("parley");
        return new Options(quick, relays, cases, windows, seconds, json, app, flags, ipv4(address), logs, pinned, gro);
    }

    private static String value(String name, java.util.Iterator<String> left) {
        if (!left.hasNext()) throw new IllegalArgumentException(name + " needs a value\n" + USAGE);
        return left.next();
    }

    private static List<String> list(String text) {
        return List.of(text.split(","));
    }

    private static Inet4Address ipv4(String text) {
        try {
            if (InetAddress.getByName(text) instanceof Inet4Address address) return address;
        } catch (UnknownHostException _) {
            // said below
        }
        throw new IllegalArgumentException("no IPv4 address: " + text);
    }

    boolean wants(String name) {
        return cases.isEmpty() || cases.contains(name);
    }

    /** Where relays run; -1 = anywhere. */
    int relayCore() {
        return pinned ? 0 : -1;
    }
}
