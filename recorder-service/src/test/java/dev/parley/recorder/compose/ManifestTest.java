package dev.parley.recorder.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.crypto.MasterKey;
import dev.parley.recorder.crypto.SignedManifests;
import dev.parley.recorder.domain.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed manifests and what {@code ./parley verify} says of them, in a process of its own. A film of 1 000 000 bytes in chunks of 262 144. */
class ManifestTest {
    private static final int FILM_BYTES = 1_000_000;

    @TempDir
    static Path launcher;

    @TempDir
    Path folder;

    private final SignedManifests signer =
            new SignedManifests(Optional.of(key(1)), List.of(key(2)), new ObjectMapper());
    private Path film;
    private Path manifest;

    private record Said(int status, String text) {}

    @BeforeAll
    static void compileLauncher() {
        Path sources = Path.of("../deploy/launcher/src");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        launcher.toString(),
                        "-proc:none",
                        "-sourcepath",
                        sources.toString(),
                        sources.resolve("dev/parley/launcher/Main.java").toString());
        assertEquals(0, status);
    }

    @BeforeEach
    void make() throws Exception {
        byte[] bytes = new byte[FILM_BYTES];
        new SplittableRandom(5).nextBytes(bytes);
        film = Files.write(folder.resolve("rec-1.mp4"), bytes);
        manifest = Files.write(folder.resolve("manifest.json"), signed());
    }

    private byte[] signed() throws IOException {
        var file = new CompositionResult.File(film, 4_000, FILM_BYTES, 0);
        return signer.sign(new Manifest(
                        Manifest.VERSION,
                        "rec-1",
                        "room \"1\"\n会议",
                        "demo",
                        "app",
                        "space",
                        "",
                        RecordParam.DEFAULTS.withDefaults(),
                        new Manifest.Times(1, 2, 3),
                        new Manifest.Journal(
                                "00ff",
                                List.of(new Manifest.Segment("0001-00000000.seg", 10, "00ff")),
                                List.of("0001-00000000.seg is unreadable")),
                        List.of(FileHashes.of(file, "recordings/rec-1/rec-1.mp4"))))
                .orElseThrow();
    }

    @Test
    void filesThatNobodyTouchedAreIntactAndMadeAgainTheManifestIsTheSame() throws Exception {
        Said said = verify("--key", signer.keys().getFirst().kid());
        assertEquals(0, said.status, said.text);
        assertTrue(said.text.contains("rec-1.mp4: intact\n") && said.text.endsWith("INTACT\n"), said.text);
        assertTrue(said.text.contains("when the film was made: 0001-00000000.seg is unreadable"), said.text);
        assertArrayEquals(Files.readAllBytes(manifest), signed());
    }

    @Test
    void aFlippedByteIsFoundInItsChunkAndSoIsWhatIsCutOffOrAdded() throws Exception {
        byte[] good = Files.readAllBytes(film);
        byte[] bad = good.clone();
        bad[600_000] ^= 1;
        Files.write(film, bad);
        Said said = verify();
        assertEquals(1, said.status, said.text);
        assertTrue(said.text.contains("rec-1.mp4: bytes 524288 to 786431 are not as recorded\n"), said.text);

        Files.write(film, Arrays.copyOf(good, 800_000));
        said = verify();
        assertEquals(1, said.status, said.text);
        assertTrue(
                said.text.contains("bytes 786432 to 999999 are not as recorded; ends at byte 800000 of 1000000"),
                said.text);

        Files.write(film, Arrays.copyOf(good, FILM_BYTES + 1));
        said = verify();
        assertEquals(1, said.status, said.text);
        assertTrue(said.text.contains("1 bytes follow after byte 1000000"), said.text);
    }

    @Test
    void aManifestThatWasChangedOrIsSomebodyElsesProvesNothing() throws Exception {
        String text = Files.readString(manifest);
        int at = text.indexOf("\"payload\":\"") + 100;
        Files.writeString(
                manifest, text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1));
        Said said = verify();
        assertEquals(1, said.status, said.text);
        assertTrue(said.text.contains("the manifest itself was changed"), said.text);

        Files.writeString(manifest, text);
        said = verify("--key", signer.keys().getLast().kid());
        assertEquals(1, said.status, said.text);
        assertTrue(said.text.contains("signed by another key"), said.text);

        Files.writeString(manifest, "{\"payload\": ");
        assertEquals(1, verify().status);
    }

    private Said verify(String... more) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-Dparley.root=" + folder,
                "-Dfile.encoding=UTF-8",
                "-cp",
                launcher.toString(),
                "dev.parley.launcher.Main",
                "verify",
                manifest.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes());
        return new Said(process.waitFor(), text);
    }

    private static MasterKey key(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return MasterKey.of(Base64.getEncoder().encodeToString(key));
    }
}
