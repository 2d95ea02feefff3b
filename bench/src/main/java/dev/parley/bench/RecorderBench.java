package dev.parley.bench;

import dev.parley.bench.recorder.ComposeRun;

/** {@code ./parley bench recorder}: how long films take to compose, beside FFmpeg alone with the same filter graph. */
public final class RecorderBench {
    private RecorderBench() {}

    public static void main(String[] arguments) throws Exception {
        try {
            System.exit(ComposeRun.run(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
