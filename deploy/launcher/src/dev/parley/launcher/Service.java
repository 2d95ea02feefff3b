package dev.parley.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The six services, in the order of their ports. The heap is small on purpose: the whole suite is to stay below 2.5 GiB.
 */
enum Service {
    SIGNALING("signaling", "signaling-service", 0, 160, Compilers.C1),
    ACCOUNT("account", "account-service", 1, 128, Compilers.C2_LATE),
    MASTER("master", "master-scheduler", 2, 128, Compilers.C1),
    RELAY("relay", "media-relay", 3, 192, Compilers.C2),
    RECORDER("recorder", "recorder-service", 4, 160, Compilers.C1),
    VOD("vod", "vod-service", 5, 128, Compilers.C1);

    /** In logs, in status, and in the path of its process id. */
    final String title;

    final String module;
    final int portOffset;
    final int heapMiB;
    final Compilers compilers;

    Service(String title, String module, int portOffset, int heapMiB, Compilers compilers) {
        this.title = title;
        this.module = module;
        this.portOffset = portOffset;
        this.heapMiB = heapMiB;
        this.compilers = compilers;
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
        flags.addAll(compilers.jvmFlags);
        return flags;
    }

    /** Which of the JVM's compilers a service uses, and how soon. */
    private enum Compilers {
        /** Starts fastest, and is fast enough for most. */
        C1("-XX:TieredStopAtLevel=1"),

        /**
         * C2 for nothing but what runs very often. It alone knows the fast multiplications of RSA, without which making a key pair of
         * 4096 bits takes about 8 s of CPU time instead of 3; but left to itself, and to what the AOT cache remembers of the training, it
         * spends 3 s of CPU time on methods that a start needs once.
         */
        C2_LATE(
                "-XX:Tier4InvocationThreshold=100000",
                "-XX:Tier4MinInvocationThreshold=20000",
                "-XX:Tier4CompileThreshold=200000",
                "-XX:Tier4BackEdgeThreshold=2000000",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTReplayTraining"),

        /** Both as the JVM likes: for the hot path of media, which is to be fast from the first packet. */
        C2;

        final List<String> jvmFlags;

        Compilers(String... jvmFlags) {
            this.jvmFlags = List.of(jvmFlags);
        }
    }
}
