package dev.parley.launcher;

/** What to open. */
final class Urls {
    private Urls() {}

    /** The call page. localhost is a secure context, so the browser gives its camera. */
    static String web(Ports ports) {
        return local(Service.SIGNALING, ports) + "/";
    }

    static String console(Ports ports) {
        return local(Service.ACCOUNT, ports) + "/console/";
    }

    private static String local(Service service, Ports ports) {
        return service.url(ports).replace("127.0.0.1", "localhost");
    }

    static void print(Layout layout, Ports ports) {
        String signaling = local(Service.SIGNALING, ports);
        System.out.println();
        System.out.println("  open           " + web(ports));
        System.out.println("  console        " + console(ports));
        LanFront.print(layout, ports);
        System.out.println("  interfaces     " + signaling + "/q/openapi and " + signaling + "/asyncapi.yaml");
        System.out.println("  logs           ./parley logs NAME, in " + layout.home().resolve("logs"));
        System.out.println();
    }
}
