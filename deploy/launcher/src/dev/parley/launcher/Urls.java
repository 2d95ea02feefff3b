package dev.parley.launcher;

/** What to open. */
final class Urls {
    private Urls() {}

    static void print(Layout layout, Ports ports) {
        String signaling = Service.SIGNALING.url(ports).replace("127.0.0.1", "localhost"); // a secure context: camera allowed
        System.out.println();
        System.out.println("  open           " + signaling + "/");
        LanFront.print(layout, ports);
        System.out.println("  interfaces     " + signaling + "/q/openapi and " + signaling + "/asyncapi.yaml");
        System.out.println("  logs           ./parley logs NAME, in " + layout.home().resolve("logs"));
        System.out.println();
    }
}
