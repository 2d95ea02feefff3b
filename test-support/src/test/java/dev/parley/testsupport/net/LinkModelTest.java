package dev.parley.testsupport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkModelTest {
    private static final long MS = 1_000_000;

    @Test
    void theSameSeedGivesTheSameFates() {
        assertEquals(fates(7), fates(7));
        assertNotEquals(fates(7), fates(8));
    }

    private static List<Long> fates(long seed) {
        var link = new LinkModel(seed);
        link.profile(
                LinkProfile.CLEAR
                        .withLoss(0.2)
                        .withDelay(30, 20)
                        .withReorder(0.05, 15)
                        .withDuplicates(0.05),
                0);
        List<Long> fates = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int copies = link.offer(1_000, i * MS);
            fates.add(copies == 0 ? -1 : link.deliverNs() * 2 + copies - 1);
        }
        return fates;
    }

    @Test
    void losesTheShareItWasTold() {
        for (double burst : new double[] {1, 5}) {
            var link = new LinkModel(3);
            link.profile(LinkProfile.CLEAR.withBurstLoss(0.1, burst), 0);
            int runs = 0;
            boolean before = false;
            for (int i = 0; i < 100_000; i++) {
                boolean lost = link.offer(100, i) == 0;
                if (lost && !before) runs++;
                before = lost;
            }
            assertEquals(0.1, link.lost() / 100_000.0, 0.01, "burst " + burst);
            assertEquals(burst == 1 ? 1 / 0.9 : burst, (double) link.lost() / runs, 0.3, "burst " + burst);
        }
    }

    @Test
    void aChangedProfileLeavesTheFatesAfterItAsTheyWere() {
        var one = new LinkModel(5);
        var other = new LinkModel(5);
        other.profile(LinkProfile.CLEAR.withLoss(1), 0);
        for (int i = 0; i < 100; i++) {
            one.offer(100, i);
            other.offer(100, i);
        }
        one.profile(LinkProfile.CLEAR.withLoss(0.3), 100);
        other.profile(LinkProfile.CLEAR.withLoss(0.3), 100);
        for (int i = 100; i < 400; i++) assertEquals(one.offer(100, i), other.offer(100, i), "datagram " + i);
    }

    @Test
    void jitterKeepsTheOrderAndReorderDoesNot() {
        var link = new LinkModel(1);
        link.profile(LinkProfile.CLEAR.withDelay(50, 40), 0);
        long last = 0;
        for (int i = 0; i < 1_000; i++) {
            link.offer(100, i * MS);
            assertTrue(link.deliverNs() >= last, "datagram " + i);
            assertTrue(link.deliverNs() - i * MS >= 50 * MS, "datagram " + i);
            last = link.deliverNs();
        }
        link.profile(LinkProfile.CLEAR.withReorder(0.1, 10), 1_000 * MS);
        int overtaken = 0;
        long highest = 0;
        for (int i = 1_100; i < 2_100; i++) {
            link.offer(100, i * MS);
            if (link.deliverNs() < highest) overtaken++;
            highest = Math.max(highest, link.deliverNs());
        }
        assertTrue(overtaken > 300, "overtakers of held ones: " + overtaken);
        assertEquals(100, link.held(), 35);
    }

    @Test
    void aBottleneckPassesItsRateAndDropsWhatItsQueueCannotHold() {
        var link = new LinkModel(1);
        link.profile(LinkProfile.CLEAR.withRate(800_000, 100), 0); // 100 bytes a millisecond, 10 000 bytes of queue
        int arrived = 0;
        long last = 0;
        for (int i = 0; i < 1_000; i++) {
            if (link.offer(200, i * MS) == 0) continue; // twice the rate
            arrived++;
            assertTrue(link.deliverNs() - i * MS <= 100 * MS, "waits at most as long as the queue is");
            last = link.deliverNs();
        }
        assertEquals(0.8, arrived * 200 * 8 / (last / 1e9) / 1e6, 0.01, "Mbit/s");
        assertEquals(1_000 - arrived, link.overflowed());
        assertEquals(100 * MS, link.queueNs(1_000 * MS), 3e6);
        link.profile(LinkProfile.CLEAR.withRate(400_000, 200), 1_000 * MS);
        assertEquals(200 * MS, link.queueNs(1_000 * MS), 6e6, "the same bytes at half the rate");
    }

    @Test
    void aProfileThatMakesNoSenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> LinkProfile.CLEAR.withLoss(1.1));
        assertThrows(IllegalArgumentException.class, () -> LinkProfile.CLEAR.withBurstLoss(0.1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> LinkProfile.CLEAR.withDelay(-1, 0));
    }
}
