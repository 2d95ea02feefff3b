package dev.parley.bench.relay;

import dev.parley.bench.load.LoadClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One run of the bench: starts the relays, runs the cases, reports. */
public final class RelayRun {
    private static final double FIRST_WARM_SECONDS = 15, WARM_SECONDS = 3, QUICK_SECONDS = 2, COLD_SECONDS = 3;
    private static final int COLD_STARTS = 3;
    /** The case that others are derived from. */
    private static final String REFERENCE = "fan-100";

    private static final String HALF = "half-load", COLD = "cold";

    private final Options options;

    public RelayRun(Options options) {
        this.options = options;
    }

    static List<String> caseNames() {
        return Stream.concat(LoadCase.all().stream().map(LoadCase::name), Stream.of(HALF, COLD))
                .toList();
    }

    /** True when the figures are sound; with {@code --quick} when nothing was lost, whatever the machine is busy with. */
    public boolean run() throws Exception {
        var relays = new ArrayList<Relay>();
        try (var client = new LoadClient(options.address(), options.gro())) {
            for (String name : options.relays()) relays.add(start(name));
            var report = new Report(settings(relays));
            boolean good = options.quick() ? quick(relays, client, report) : full(relays, client, report);
            report.finish(options.json());
            return good && (options.quick() || report.isSound());
        } finally {
            relays.forEach(Relay::close);
        }
    }

    private Relay start(String name) throws IOException, InterruptedException {
        return switch (name) {
            case "parley" ->
                ParleyRelay.start(
                        options.app(), options.flags(), options.address(), options.logs(), options.relayCore());
            case "janus" -> JanusRelay.start(name, 0, options.address(), options.logs(), options.relayCore());
            case "janus-1" -> JanusRelay.start(name, 1, options.address(), options.logs(), options.relayCore());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Map<String, String> settings(List<Relay> relays) {
        var settings = new LinkedHashMap<String, String>();
        for (Relay relay : relays) settings.put(relay.name(), relay.about());
        settings.put("windows", options.windows() + " of " + options.seconds() + " s each, by turns");
        settings.put("cores", options.pinned() ? "relay core 0 (taskset), load core 1 (taskset)" : "not pinned");
        settings.put(
                "load", "SRTP AEAD_AES_128_GCM, no NACK, receiver reports 1/s" + (options.gro() ? ", UDP GRO" : ""));
        settings.forEach((key, value) -> System.out.println(key + ": " + value));
        return settings;
    }

    private boolean quick(List<Relay> relays, LoadClient client, Report report) throws Exception {
        var load = LoadCase.all().getFirst();
        var plan = new Comparison.Plan(1, QUICK_SECONDS, QUICK_SECONDS, options.relayCore());
        var outcome = new Comparison(relays, client, plan).run(load);
        report.add(load.name(), load.title(), outcome.byRelay());
        return outcome.byRelay().values().stream()
                .allMatch(measured ->
                        measured.windows().stream().allMatch(w -> w.figures().isClean()));
    }

    private boolean full(List<Relay> relays, LoadClient client, Report report) throws Exception {
        System.out.println("warming up");
        new Comparison(relays, client, new Comparison.Plan(0, 1, FIRST_WARM_SECONDS, options.relayCore()))
                .run(LoadCase.named(REFERENCE));
        var comparison = new Comparison(
                relays,
                client,
                new Comparison.Plan(options.windows(), options.seconds(), WARM_SECONDS, options.relayCore()));
        Map<String, Measured> reference = null;
        for (LoadCase load : LoadCase.all()) {
            if (!options.wants(load.name())) continue;
            var byRelay = comparison.run(load).byRelay();
            report.add(load.name(), load.title(), byRelay);
            if (load.name().equals(REFERENCE)) reference = byRelay;
        }
        if (options.wants(HALF)) halfLoad(relays, client, comparison, reference, report);
        if (options.wants(COLD)) cold(client, report);
        return true;
    }

    /** Each relay at the rate that takes half of its core, by what the reference case took. */
    private void halfLoad(
            List<Relay> relays, LoadClient client, Comparison comparison, Map<String, Measured> known, Report report)
            throws Exception {
        var load = LoadCase.named(REFERENCE);
        var measured = known != null
                ? known
                : new Comparison(relays, client, new Comparison.Plan(1, options.seconds(), 0, options.relayCore()))
                        .run(load)
                        .byRelay();
        var loads = relays.stream()
                .map(relay -> measured.get(relay.name()).relayShare())
                .map(share -> load.scaled(Math.clamp(0.5 / share, 0.1, 8)))
                .toList();
        report.add(
                HALF,
                "1 to 100, even, each at half of its core",
                comparison.run(load, loads).byRelay());
    }

    /** Fresh processes that get the whole load as soon as the peers are connected. */
    private void cold(LoadClient client, Report report) throws Exception {
        var byRelay = new LinkedHashMap<String, Measured>();
        for (String name : options.relays()) byRelay.put(name, new Measured());
        for (int round = 0; round < Math.min(COLD_STARTS, options.windows()); round++) {
            for (String name : options.relays()) {
                try (Relay fresh = start(name);
                        var scenario = Scenario.open(fresh, client, LoadCase.named(REFERENCE), 1)) {
                    byRelay.get(name).add(Comparison.window(fresh, scenario, COLD_SECONDS, options.relayCore()));
                }
            }
        }
        report.add(COLD, "1 to 100, even, the first " + COLD_SECONDS + " s of a fresh process", byRelay);
    }
}
