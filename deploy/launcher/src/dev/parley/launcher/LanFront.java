package dev.parley.launcher;

/** HTTPS for the local network. */
final class LanFront {
    private LanFront() {}

    static Lan prepare(Layout layout) {
        throw new Fault("--lan is not there yet");
    }

    static void start(Layout layout, Ports ports, Running running) {
        throw new Fault("--lan is not there yet");
    }
}
