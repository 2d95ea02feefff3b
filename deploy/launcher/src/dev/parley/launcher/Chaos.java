package dev.parley.launcher;

import java.util.List;

/** {@code ./parley chaos recorder [...]}: a suite of its own, whose processes are killed; it is gone afterwards. */
final class Chaos {
    private final Layout layout;
    private final Ports ports;

    Chaos(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
    }

    int run(String[] arguments) {
        if (arguments.length == 0 || !arguments[0].equals("recorder")) {
            throw new Fault("usage: ./parley chaos recorder [--kills 30] [--seed N] [--only TARGET]");
        }
        if (!new Running(layout).names().isEmpty()) {
            throw new Fault("chaos kills the suite's processes, and one runs here; ./parley down first, or give it one of its own:\n"
                    + "    PARLEY_PORT_BASE=8100 PARLEY_HOME=.parley/chaos ./parley chaos recorder");
        }
        try {
            return new Demo(layout, ports)
                    .run("dev.parley.e2e.RecorderChaos", List.of(arguments).subList(1, arguments.length));
        } finally {
            new Suite(layout, ports).kill();
        }
    }
}
