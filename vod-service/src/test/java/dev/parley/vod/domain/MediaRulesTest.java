package dev.parley.vod.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaRulesTest {
    @Test
    void noNameMeansTheBotsClip() {
        assertEquals("vod/bot.mp4", MediaKey.toPlay(""));
        assertEquals("vod/bot.mp4", MediaKey.toPlay(null));
        assertEquals("vod/Film_1.mkv", MediaKey.toPlay("vod/Film_1.mkv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recordings/secret.mp4",
                "vod/../recordings/a.mp4",
                "vod/",
                "vod/.hidden",
                "/vod/a.mp4",
                "http://a/b.mp4",
                "vod/a\nb"
            })
    void playsNothingOutsideItsFolder(String file) {
        var refusal = assertThrows(RefusedException.class, () -> MediaKey.toPlay(file), file);
        assertEquals(ErrorCode.PLAYBACK_FILE, refusal.code, file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", "-x", "a b", "a%2fb"})
    void storesNoNameThatCouldBeMistaken(String name) {
        var refusal = assertThrows(RefusedException.class, () -> MediaKey.ofName(name), name);
        assertEquals(ErrorCode.BAD_REQUEST, refusal.code, name);
    }

    @Test
    void keepsTheFilesRateUpToThirtyPicturesASecond() {
        assertEquals(24, MediaPlan.of(true, true, 24_000 / 1_001.0).fps());
        assertEquals(30, MediaPlan.of(true, true, 59.94).fps());
        assertEquals(1, MediaPlan.of(false, true, 0.2).fps());
    }

    @Test
    void aFileThatTellsNoRateIsPlayedAtTwentyFive() {
        assertEquals(25, MediaPlan.of(false, true, 0).fps());
        assertEquals(25, MediaPlan.of(false, true, Double.NaN).fps());
    }

    @Test
    void aFileWithoutBothHasNothingToPlay() {
        assertTrue(MediaPlan.of(false, false, 25).nothing());
    }
}
