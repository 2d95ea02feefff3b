package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The class path of a module whose main class we run from its packaged jars: asked of Maven, kept until a pom or source changes. */
record ModuleClassPath(Layout layout, String module) {
    String get() {
        Path kept = layout.buildStamps().resolve(module.replace('/', '-') + ".classpath");
        String now = Sources.fingerprint(
                layout.root(),
                List.of(
                        "pom.xml",
                        "service-parent/pom.xml",
                        "contracts",
                        "rtp",
                        "service-edge",
                        "service-store",
                        "test-support",
                        "media-relay",
                        "account-service",
                        "recorder-service",
                        module));
        try {
            if (Files.exists(kept)) {
                var lines = Files.readAllLines(kept);
                if (lines.size() == 2 && (Build.takesWhatIsThere() || lines.getFirst().equals(now))) return lines.getLast();
            }
            System.out.println("building " + module);
            Path answer = Files.createTempFile(layout.run(), "classpath", "");
            // In one run with the packaging, so that modules of this clone are found as jars and need not be installed.
            int status = Build.maven(
                    layout,
                    "-q",
                    "-Dmaven.test.skip=true",
                    // A service among what it needs may be running from its quarkus-app at this moment.
                    "-Dquarkus.build.skip=true",
                    "-pl",
                    module,
                    "-am",
                    "package",
                    "dependency:build-classpath",
                    "-Dmdep.outputFile=" + answer,
                    "-Dmdep.includeScope=runtime");
            if (status != 0) throw new Fault("cannot build " + module + "; see above");
            String classPath =
                    layout.root().resolve(module).resolve("target/classes") + ":" + Files.readString(answer).strip();
            Files.delete(answer);
            Files.writeString(kept, now + "\n" + classPath + "\n");
            return classPath;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
