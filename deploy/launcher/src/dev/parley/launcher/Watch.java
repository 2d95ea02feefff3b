package dev.parley.launcher;

/** Stays beside a running suite and tells when a part of it ends by itself. */
final class Watch {
    private final Layout layout;
    private volatile boolean stopping;

    Watch(Layout layout) {
        this.layout = layout;
    }

    /** From now on parts end because they are told to, which is no news. */
    void stopping() {
        stopping = true;
    }

    /** Returns when infra is gone, without which nothing works. A service that ends is told and left: the others carry on. */
    int untilInfraEnds() {
        var running = new Running(layout);
        for (Service service : Service.values()) {
            running.find(service.title).ifPresent(process -> process.onExit().thenRun(() -> {
                if (stopping) return;
                System.out.println(service.title + " has ended; the others carry on. See ./parley logs " + service.title);
            }));
        }
        running.find("infra").ifPresent(process -> process.onExit().join());
        if (!stopping) System.out.println("infra has ended\n" + Logs.end(layout.log("infra"), 15));
        return 1;
    }
}
