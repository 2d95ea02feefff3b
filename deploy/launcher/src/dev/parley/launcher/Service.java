package dev.parley.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The six services, in the order of their ports. The heap is small on purpose: the whole suite is to stay below 2.5 GiB.
 * C1 alone starts faster and is fast enough everywhere but in the relay and in account: C2 alone knows the
 * fast multiplications of RSA, without which making a key pair of 4096 bits takes about 8 s of CPU time instead of 3.
 */
enum Service {
    SIGNALING("signaling", "signaling-service", 0, 160, false),
    ACCOUNT("account", "account-service", 1, 128, true),
    MASTER("master", "master-scheduler", 2, 128, false),
    RELAY("relay", "media-relay", 3, 192, true),
    RECORDER("recorder", "recorder-service", 4, 160, false),
    VOD("vod", "vod-service", 5, 128, false);

    /** In logs, in status, and in the path of its process id. */
    final String title;

    final String module;
    final int portOffset;
    final int heapMiB;
    final boolean peakSpeed;

    Service(String title, String module, int portOffset, int heapMiB, boolean peakSpeed) {
        this.title = title;
        this.module = module;
        this.portOffset = portOffset;
        this.heapMiB = heapMiB;
        this.peakSpeed = peakSpeed;
    }

    int port(Ports ports) {
        return ports.base() + portOffset;
    }

    String url(Ports ports) {
        return "http://127.0.0.1:" + port(ports);
    }

    /** The folder that Quarkus makes; the process runs in it. */
    Path app(Layout layout) {
        return layout.root().resolve(module).resolve("target/quarkus-app");
    }

    List<String> jvmFlags() {
        var flags = new ArrayList<>(List.of(
                "-Xms16m",
                "-Xmx" + heapMiB + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        if (!peakSpeed) flags.add("-XX:TieredStopAtLevel=1");
        return flags;
    }
}
