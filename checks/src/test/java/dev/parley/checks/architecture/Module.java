package dev.parley.checks.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;

/** The modules whose compiled classes are looked at. */
enum Module {
    CONTRACTS("contracts", "dev.parley.contracts"),
    RTP("rtp", "dev.parley.rtp"),
    EDGE("service-edge", "dev.parley.edge"),
    STORE("service-store", "dev.parley.store"),
    ACCOUNT("account-service", "dev.parley.account"),
    MASTER("master-scheduler", "dev.parley.master"),
    RELAY("media-relay", "dev.parley.relay"),
    SIGNALING("signaling-service", "dev.parley.signaling"),
    RECORDER("recorder-service", "dev.parley.recorder"),
    VOD("vod-service", "dev.parley.vod");

    private final String folder;
    final String root;
    private JavaClasses classes;

    Module(String folder, String root) {
        this.folder = folder;
        this.root = root;
    }

    boolean isService() {
        return compareTo(ACCOUNT) >= 0;
    }

    /** Its compiled classes, without those of its tests. Throws when there are none: a rule about nothing would always hold. */
    synchronized JavaClasses classes() {
        if (classes == null) classes = read();
        return classes;
    }

    private JavaClasses read() {
        Path path = Path.of("..", folder, "target", "classes").toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) throw new IllegalStateException("not compiled: " + path);
        JavaClasses found = new ClassFileImporter().importPath(path);
        if (found.stream().noneMatch(c -> c.getPackageName().startsWith(root)))
            throw new IllegalStateException("no class of " + root + " in " + path);
        return found;
    }
}
