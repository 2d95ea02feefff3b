package dev.parley.relay.api;

import dev.parley.relay.domain.RoomFigures;
import dev.parley.relay.rooms.RelayRooms;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Gauges {@code parley.relay.room.*} with the tag room, of the {@link #ROOMS_MAX} busiest rooms only: a relay may have thousands. */
@ApplicationScoped
class RoomGauges {
    static final int ROOMS_MAX = 20;
    private static final long PERIOD_MS = 5_000;

    private final RelayRooms rooms;
    private final Map<MultiGauge, ToDoubleFunction<RoomFigures>> gauges = new LinkedHashMap<>();
    private Thread thread;

    RoomGauges(MeterRegistry registry, RelayRooms rooms) {
        this.rooms = rooms;
        add(registry, "feeds", RoomFigures::feeds);
        add(registry, "subscribers", RoomFigures::subscribers);
        add(registry, "bits.in", RoomFigures::bitsIn);
        add(registry, "bits.out", RoomFigures::bitsOut);
        add(registry, "streams.limited", RoomFigures::streamsLimited);
        add(registry, "estimate.least", RoomFigures::estimateLeast);
        add(registry, "loss.most", RoomFigures::lossMost);
        add(registry, "round.trip.most", RoomFigures::roundTripMost);
        add(registry, "feeds.weak", RoomFigures::feedsWeak);
        add(registry, "streams.weak", RoomFigures::streamsWeak);
        add(registry, "mos.least", RoomFigures::mosLeast);
    }

    private void add(MeterRegistry registry, String name, ToDoubleFunction<RoomFigures> read) {
        gauges.put(MultiGauge.builder("parley.relay.room." + name).register(registry), read);
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("room-gauges").start(() -> {
            try {
                while (true) {
                    refresh();
                    Thread.sleep(PERIOD_MS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        if (thread != null) thread.interrupt();
    }

    void refresh() {
        List<RoomFigures> busiest = rooms.busiest(ROOMS_MAX);
        gauges.forEach((gauge, read) -> gauge.register(
                busiest.stream()
                        .<MultiGauge.Row<?>>map(room -> MultiGauge.Row.of(Tags.of("room", room.roomId()), room, read))
                        .toList(),
                true));
    }
}
