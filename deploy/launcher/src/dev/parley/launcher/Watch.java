package dev.parley.launcher;

/** Stays beside a running suite and tells when a part of it ends. */
final class Watch {
    private Watch() {}

    /** Returns when infra is gone, without which nothing works. A service that ends is told and left: the others carry on. */
    static int untilInfraEnds(Layout layout) {
        var running = new Running(layout);
        for (String name : running.names()) {
            if (name.equals("infra")) continue;
            running.find(name).ifPresent(process -> process.onExit().thenRun(() -> System.out.println(
                    name + " has ended; the others carry on. See ./parley logs " + name)));
        }
        running.find("infra").ifPresent(process -> process.onExit().join());
        System.out.println("infra has ended\n" + Logs.end(layout.log("infra"), 15));
        return 1;
    }
}
