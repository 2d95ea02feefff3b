package dev.parley.vod.player;

import dev.parley.vod.domain.RtpVerdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the datagrams from FFmpeg by verdict, and what went on to relays. Thread safe. */
@Startup // so that the series are there before the first playback
@ApplicationScoped
public class PipeMeters {
    private final Map<RtpVerdict, Counter> datagrams = new EnumMap<>(RtpVerdict.class);
    private final Counter bytes;

    public PipeMeters(MeterRegistry registry) {
        for (RtpVerdict verdict : RtpVerdict.values())
            datagrams.put(
                    verdict,
                    Counter.builder("parley.vod.datagrams")
                            .description("Datagrams from FFmpeg")
                            .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        bytes = Counter.builder("parley.vod.forwarded")
                .baseUnit("bytes")
                .description("RTP given to relays")
                .register(registry);
    }

    void count(RtpVerdict verdict, int length) {
        datagrams.get(verdict).increment();
        if (verdict == RtpVerdict.RTP) bytes.increment(length);
    }
}
