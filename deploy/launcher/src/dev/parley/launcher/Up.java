package dev.parley.launcher;

import java.util.Arrays;
import java.util.List;

/** {@code ./parley up [-d] [--lan]}. */
final class Up {
    private final Layout layout;
    private final Ports ports;
    private final Suite suite;

    Up(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
        this.suite = new Suite(layout, ports);
    }

    int run(String[] arguments) {
        var words = Arrays.asList(arguments);
        var unknown = words.stream().filter(word -> !List.of("-d", "--lan").contains(word)).findFirst();
        if (unknown.isPresent()) throw new Fault("up does not know " + unknown.get() + "; usage: ./parley up [-d] [--lan]");
        if (suite.ready()) {
            if (words.contains("--lan") && LanFront.url(layout, ports).isEmpty()) {
                throw new Fault("the suite is running for this machine alone; ./parley down, then ./parley up --lan");
            }
            System.out.println("The suite is running already.");
            Urls.print(layout, ports);
            return 0;
        }
        if (words.contains("-d")) {
            start(words.contains("--lan"));
            System.out.println("Stop it with ./parley down.");
            return 0;
        }
        return foreground(words.contains("--lan"));
    }

    /** Builds and starts; on any fault, stops what it started. */
    void start(boolean lan) {
        var steps = new Steps();
        Packages.ensure(layout, Packages.Need.FFMPEG, Packages.Need.CJK_FONTS);
        suite.stop(); // what an interrupted start left behind
        System.out.println("  looking for what is stale, and building it");
        var built = new Build(layout).packageStale();
        if (!built.isEmpty()) System.out.printf("  %-58s%7.1f s%n", "built " + String.join(", ", built), steps.total());
        FreePorts.check(ports, lan);
        long builtNs = System.nanoTime();
        try {
            suite.start(lan ? LanFront.prepare(layout) : Lan.off(), steps);
            if (lan) LanFront.start(layout, ports, new Running(layout));
        } catch (RuntimeException e) {
            suite.stop();
            throw e;
        }
        report(steps, builtNs, !built.isEmpty());
        new AotCaches(layout).trainMissingBehind();
    }

    private void report(Steps steps, long builtNs, boolean built) {
        System.out.printf("  %-58s%7.1f s%n", "built to ready", Steps.seconds(builtNs));
        if (built) System.out.printf("  %-58s%7.1f s%n", "clone to ready", steps.total());
        long kiB = suite.memoryKiB().values().stream().mapToLong(Long::longValue).sum();
        System.out.printf("  %-58s%7.2f GiB%n", "resident memory of all processes", kiB / 1024.0 / 1024.0);
        Urls.print(layout, ports);
        var secrets = new Secrets(layout);
        if (secrets.adminPasswordIsNew()) {
            System.out.println("  administrator  admin, password " + secrets.adminPassword() + "  (shown this once)");
        }
    }

    private int foreground(boolean lan) {
        var watch = new Watch(layout);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            watch.stopping();
            System.out.println("\nstopping");
            var killed = suite.stop();
            System.out.println(killed.isEmpty() ? "stopped cleanly" : "stopped; had to kill " + String.join(", ", killed));
        }));
        start(lan);
        System.out.println("Ctrl-C stops it.");
        return watch.untilInfraEnds();
    }
}
