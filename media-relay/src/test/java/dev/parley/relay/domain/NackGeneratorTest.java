package dev.parley.relay.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NackGeneratorTest {
    private static final long MS = 1_000_000;

    private final NackGenerator nacks = new NackGenerator(true);
    private final int[] asked = new int[NackGenerator.MISSING_MAX];

    @Test
    void aGapIsAskedForOnceThreeLaterPacketsAreThere() {
        nacks.onPacket(100, false, 0);
        nacks.onPacket(102, false, 0);
        assertEquals(0, nacks.due(0, asked), "it may only be late");
        nacks.onPacket(103, false, 0);
        nacks.onPacket(104, false, 0);
        assertEquals(1, nacks.due(0, asked));
        assertEquals(101, asked[0]);
        assertEquals(0, nacks.due(MS, asked), "not again at once");
    }

    @Test
    void aGapIsAskedForAfterFiveMillisecondsAtTheLatest() {
        nacks.onPacket(100, false, 0);
        nacks.onPacket(102, false, 0);
        assertEquals(0, nacks.due(5 * MS - 1, asked));
        assertEquals(1, nacks.due(5 * MS, asked));
    }

    @Test
    void theNextQuestionWaitsForTheMeasuredRoundTrip() {
        lose(100, 0);
        assertEquals(1, nacks.due(10 * MS, asked));
        nacks.onPacket(101, true, 210 * MS);
        assertEquals(200 * MS, nacks.roundTripNs());
        nacks.onPacket(108, false, 300 * MS);
        assertEquals(1, nacks.due(305 * MS, asked));
        assertEquals(0, nacks.due(505 * MS, asked));
        assertEquals(1, nacks.due(555 * MS, asked), "a quarter more than the round trip");
    }

    @Test
    void whoeverIsAskedForTooEarlyMakesItMorePatient() {
        nacks.onPacket(100, false, 0);
        nacks.onPacket(102, false, 0);
        assertEquals(1, nacks.due(6 * MS, asked));
        nacks.onPacket(101, false, 20 * MS); // the original
        nacks.onPacket(104, false, 100 * MS);
        assertEquals(0, nacks.due(120 * MS, asked));
        nacks.onPacket(103, false, 121 * MS);
        assertTrue(nacks.isEmpty());
    }

    @Test
    void afterTwelveQuestionsAPacketIsGivenUpAndAKeyFrameIsTheWayOut() {
        lose(100, 0);
        int questions = 0;
        for (long now = 0; now < 60_000 * MS; now += 10 * MS) questions += nacks.due(now, asked);
        assertEquals(NackGenerator.TRIES_MAX, questions);
        assertTrue(nacks.isEmpty());
        assertTrue(nacks.takeHopeless());
        assertFalse(nacks.takeHopeless());
    }

    @Test
    void tooManyMissingAtOnceAreBeyondRepair() {
        nacks.onPacket(100, false, 0);
        nacks.onPacket(100 + NackGenerator.MISSING_MAX + 2, false, 0);
        assertTrue(nacks.isEmpty());
        assertTrue(nacks.takeHopeless());
    }

    private void lose(long from, long nowNs) {
        nacks.onPacket(from, false, nowNs);
        for (int i = 2; i <= 6; i++) nacks.onPacket(from + i, false, nowNs);
    }
}
