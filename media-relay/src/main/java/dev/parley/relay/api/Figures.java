package dev.parley.relay.api;

import dev.parley.relay.domain.Counters;
import dev.parley.relay.rooms.RelayRooms;
import dev.parley.relay.tap.TapServer;
import dev.parley.relay.transport.ServerCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What {@code /q/metrics} tells of the relay. */
@ApplicationScoped
class Figures {
    private final MeterRegistry registry;
    private final RelayRooms rooms;
    private final TapServer tap;

    Figures(MeterRegistry registry, RelayRooms rooms, TapServer tap) {
        this.registry = registry;
        this.rooms = rooms;
        this.tap = tap;
    }

    void register(@Observes StartupEvent event) {
        Gauge.builder("parley.relay.rooms", rooms, RelayRooms::size).register(registry);
        Gauge.builder("parley.relay.transports", rooms, r -> r.transports().transports())
                .register(registry);
        Gauge.builder("parley.relay.tap.sessions", tap, TapServer::sessions).register(registry);
        count("packets.in", c -> c.packetsIn);
        count("packets.out", c -> c.packetsOut);
        count("bytes.in", c -> c.bytesIn);
        count("bytes.out", c -> c.bytesOut);
        count("packets.resent", c -> c.resent);
        count("nacks.sent", c -> c.nacksSent);
        count("plis.sent", c -> c.plisSent);
        for (Counters.Drop reason : Counters.Drop.values()) dropped(reason);
        socket("unknown_kind", c -> c.unknownKind);
        socket("bad_stun", c -> c.badStun);
        socket("unknown_ufrag", c -> c.unknownUfrag);
        socket("unknown_address", c -> c.unknownAddress);
        socket("tcp_bad", c -> c.tcpBad);
    }

    private void count(String name, ToLongFunction<Counters> read) {
        FunctionCounter.builder("parley.relay." + name, rooms, r -> r.<Long>counted(read::applyAsLong))
                .register(registry);
    }

    private void dropped(Counters.Drop reason) {
        FunctionCounter.builder("parley.relay.packets.dropped", rooms, r -> r.<Long>counted(c -> c.dropped(reason)))
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void socket(String reason, ToLongFunction<ServerCounters> read) {
        FunctionCounter.builder(
                        "parley.relay.datagrams.dropped",
                        rooms,
                        r -> read.applyAsLong(r.transports().counters()))
                .tag("reason", reason)
                .register(registry);
    }
}
