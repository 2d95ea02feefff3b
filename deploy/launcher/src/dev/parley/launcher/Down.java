package dev.parley.launcher;

/** {@code ./parley down}. */
final class Down {
    private Down() {}

    static int run(Layout layout, Ports ports) {
        if (new Running(layout).names().isEmpty()) {
            System.out.println("nothing runs");
            return 0;
        }
        long fromNs = System.nanoTime();
        var killed = new Suite(layout, ports).stop();
        if (killed.isEmpty()) System.out.printf("stopped cleanly in %.1f s%n", Steps.seconds(fromNs));
        else System.out.println("stopped; had to kill " + String.join(", ", killed));
        return killed.isEmpty() ? 0 : 1;
    }
}
