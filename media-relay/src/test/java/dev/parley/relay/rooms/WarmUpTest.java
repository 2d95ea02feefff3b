package dev.parley.relay.rooms;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.relay.transport.Background;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class WarmUpTest {
    private static Set<String> mediaThreads() {
        var names = new TreeSet<String>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("media-")) names.add(thread.getName());
        }
        return names;
    }

    @Test
    void passesPacketsThroughTheWholeRelayAndLeavesNoThreadOfIt() throws Exception {
        Set<String> before = mediaThreads();
        long passed = new WarmUp(new FixedSettings(60, 100)).run(500, 20_000);
        assertTrue(passed > 0, "packets arrived");
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!before.containsAll(mediaThreads())) {
            assertTrue(System.nanoTime() < deadline, () -> "still there: " + mediaThreads());
            Thread.onSpinWait();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void runsBehindMedia() throws Exception {
        var nice = new CompletableFuture<String>();
        Background.start("test", () -> {
            var child = Thread.ofPlatform().unstarted(() -> {
                try { // proc(5): the 19th field of stat; the second ends with the last ")"
                    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
                    nice.complete(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
                } catch (Exception e) {
                    nice.completeExceptionally(e);
                }
            });
            child.start();
        });
        int value = Integer.parseInt(nice.get(60, TimeUnit.SECONDS));
        assertTrue(value >= 10, "nice " + value);
    }
}
