package dev.parley.checks.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./parley features} on a clone of one module, whose tests and reports are written here. */
class FeaturesTest {
    private static final String TESTS = """
            import org.junit.jupiter.api.Tag;
            @Tag("X-1") class OuterTest extends Above {
                @Tag("X-2") @Tag("X-3") void passes() {}
                @Tag("X-3") void fails() {}
                @Tag("X-4") void isSkipped() {}
                @Tag("X-5") void ofMany(String one) {}
                @Tag("slow") void other() {}
                class InnerTest { @Tag("X-6") void passes() {} }
            }
            class Above { @Tag("X-7") void inherited() {} }
            """;

    @TempDir
    static Path launcher;

    @TempDir
    Path clone;

    @BeforeAll
    static void compileTheLauncher() throws IOException {
        new Launcher(launcher).close();
    }

    @BeforeEach
    void aCloneOfOneModule() throws IOException {
        var lines = new StringBuilder();
        for (int i = 1; i <= 9; i++) lines.append("X-").append(i).append("\tname\tobservable\tplace\n");
        write("docs/features/x.features.tsv", lines + "X-10\tname\tobservable\telsewhere\tneeds a telephone\n");
        compile(TESTS);
    }

    @Test
    void aLineIsProvenByTestsThatPassedAndByNoneOfLongAgo() throws Exception {
        report("TEST-x.xml", """
                <testsuite>
                <testcase name="passes" classname="OuterTest" time="0.1"/>
                <testcase name="isSkipped" classname="OuterTest"><skipped/></testcase>
                <testcase name="ofMany(String)[1]" classname="OuterTest"/>
                <testcase name="passes" classname="OuterTest$InnerTest"/>
                <testcase name="inherited" classname="OuterTest"/>
                <testcase name="passes" classname="TestThatIsNoMore"/>
                </testsuite>""");
        Path old =
                report("TEST-old.xml", "<testsuite><testcase name=\"isSkipped\" classname=\"OuterTest\"/></testsuite>");
        Files.setLastModifiedTime(old, FileTime.fromMillis(1)); // older than its class
        write("web-sdk/target/node-tests.xml", """
                <testsuites><testcase name="a title [X-8, X-9]" classname="test"/></testsuites>""");
        JsonNode x = new ObjectMapper().readTree(features(0, "--json")).path("x");
        assertEquals(
                List.of("X-4"),
                x.path("unproven").valueStream().map(JsonNode::asText).toList());
        assertEquals(10, x.path("lines").asInt());
        assertEquals(8, x.path("proven").asInt());
        assertEquals(1, x.path("explained").asInt());
    }

    @Test
    void oneFailureUnprovesAllThatItsTestClaims() throws Exception {
        report("TEST-x.xml", """
                <testsuite>
                <testcase name="passes" classname="OuterTest" time="0.1"/>
                <testcase name="fails" classname="OuterTest"><failure message="no"/></testcase>
                <testcase name="ofMany(String)[1]" classname="OuterTest"/>
                <testcase name="ofMany(String)[2]" classname="OuterTest"><error/></testcase>
                </testsuite>""");
        String printed = features(0);
        for (String id : List.of("X-1", "X-3", "X-4", "X-5", "X-6", "X-7", "X-8", "X-9")) {
            assertTrue(printed.contains("    " + id + "  name"), id + " is unproven:\n" + printed);
        }
        assertFalse(printed.contains("    X-2  name"), printed);
    }

    @Test
    void anIdThatNoListHasIsAnError() throws Exception {
        compile("class StrayTest { @org.junit.jupiter.api.Tag(\"X-77\") void strays() {} }");
        assertTrue(features(1, "--json").contains("X-77"));
    }

    private String features(int wantedStatus, String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dparley.root=" + clone,
                "-cp",
                launcher.toString(),
                "dev.parley.launcher.Main",
                "features"));
        command.addAll(List.of(arguments));
        Path out = clone.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(240, TimeUnit.SECONDS), "the launcher hangs");
        String text = Files.readString(out);
        assertEquals(wantedStatus, process.exitValue(), text);
        return text;
    }

    private Path report(String name, String xml) throws IOException {
        return write("module/target/surefire-reports/" + name, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml);
    }

    private void compile(String source) throws IOException {
        Path file = write("Tests.java", source);
        Path classes = Files.createDirectories(clone.resolve("module/target/test-classes"));
        var junit = Path.of(
                Tag.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        var said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-proc:none",
                        "-cp",
                        junit.toString(),
                        "-d",
                        classes.toString(),
                        file.toString());
        assertEquals(0, status, said::toString);
    }

    private Path write(String name, String text) throws IOException {
        Path file = clone.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
