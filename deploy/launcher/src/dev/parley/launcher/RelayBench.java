package dev.parley.launcher;

import java.util.ArrayList;
import java.util.List;

/** What {@code ./parley bench relay} needs around its program: a fresh relay, Janus, a core of its own and a network of its own. */
final class RelayBench {
    /** Of the range for benchmarks (RFC 2544). Janus takes no loopback address. */
    private static final String ADDRESS = "198.18.0.1";

    /** Everything then stays within the namespace: an address of its own host is reached over its loopback interface. */
    private static final String IN_OWN_NETWORK = "ip link set lo up && { ip link add parley0 type bridge 2>/dev/null"
            + " || ip link add parley0 type veth peer name parley1; } && ip addr add " + ADDRESS + "/32 dev parley0"
            + " && ip link set parley0 up && exec \"$@\"";

    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--map-root-user", "--net", "sh", "-c");

    private RelayBench() {}

    static ArrayList<String> around(Layout layout, List<String> program, List<String> arguments) {
        new Build(layout).packageStale(Service.RELAY);
        var command = new ArrayList<String>();
        boolean janus = wantsJanus(arguments);
        if (janus) {
            installJanus(layout);
            if (!Shell.ask(words(NAMESPACE, "ip link add parley0 type bridge || ip link add parley0 type veth")).ok()) {
                throw new Fault("Janus needs a network interface of its own, which this machine does not let us make"
                        + " (unshare --user --net; ip link add)\n    without Janus: ./parley bench relay --relays parley");
            }
            command.addAll(NAMESPACE);
            command.addAll(List.of(IN_OWN_NETWORK, "sh"));
        }
        boolean pinned = mayUse("0") && mayUse("1");
        if (pinned) command.addAll(List.of("taskset", "-c", "1"));
        command.addAll(program);
        if (pinned) command.add("--pinned");
        if (janus) command.addAll(List.of("--address", ADDRESS));
        var flags = new ArrayList<>(Service.RELAY.jvmFlags());
        flags.addAll(new AotCaches(layout).jvmFlags(Service.RELAY.title));
        command.addAll(List.of(
                "--relay-app", Service.RELAY.app(layout).toString(),
                "--relay-flags", String.join("\n", flags),
                "--logs", layout.logs().toString()));
        return command;
    }

    private static boolean mayUse(String core) {
        return Shell.ask("taskset", "-c", core, "true").ok();
    }

    private static boolean wantsJanus(List<String> arguments) {
        int relays = arguments.indexOf("--relays");
        String named = relays >= 0 && relays + 1 < arguments.size() ? arguments.get(relays + 1) : "janus";
        return !arguments.contains("--quick") && named.contains("janus");
    }

    private static void installJanus(Layout layout) {
        if (Packages.Need.JANUS.there()) return;
        Packages.ensure(layout, Packages.Need.JANUS);
        // The package starts it as a service that listens on all interfaces; the bench runs its own.
        Packages.asRoot("systemctl", "disable", "--now", "janus");
    }

    private static String[] words(List<String> first, String last) {
        var all = new ArrayList<>(first);
        all.add(last);
        return all.toArray(String[]::new);
    }
}
