package dev.parley.bench;

import dev.parley.bench.relay.Options;
import dev.parley.bench.relay.RelayRun;

/** {@code ./parley bench relay}: packets forwarded per CPU second, delay and loss, Parley's relay against Janus. */
public final class RelayBench {
    private RelayBench() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(new RelayRun(options).run() ? 0 : 1);
    }
}
