package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningSuite.class)
class BotTest {
    @Test
    @Tag("MRTC-FEA-34")
    void somebodyAloneInvitesTheBotAndSeesAndHearsIt(Suite suite) {
        try (Person alice = new Person(null, 390, 800, "en-US")) {
            DemoPage page = new DemoPage(alice);
            page.start(suite.web(), "", "Alice");
            alice.evaluate("window.parley.room.startPlayback({ timeoutSeconds: 20 })");
            page.clickToFirstFrameMs();
            alice.await(
                    "window.parley.stats().then(s => s.received.some(f => f.video.framesDecoded > 50 && f.audio.energy > 0))",
                    Duration.ofSeconds(60));
            assertTrue(page.received().energy() > 0, "the bot is not heard");
            assertEquals(List.of(), alice.complaints());
        }
    }
}
