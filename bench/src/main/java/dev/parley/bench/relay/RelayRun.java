package dev.parley.bench.relay;

import dev.parley.bench.load.LoadClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of the bench: starts the relays, runs the cases, reports. */
public final class RelayRun {
    private static final double WARM_SECONDS = 4, QUICK_SECONDS = 2;

    private final Options options;

    public RelayRun(Options options) {
        this.options = options;
    }

    static List<String> caseNames() {
        return LoadCase.all().stream().map(LoadCase::name).toList();
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
        var plan = new Comparison.Plan(1, QUICK_SECONDS, QUICK_SECONDS);
        var outcome = new Comparison(relays, client, plan).run(load);
        report.add(load.name(), load.title(), outcome.byRelay());
        return outcome.byRelay().values().stream()
                .allMatch(measured ->
                        measured.windows().stream().allMatch(w -> w.figures().isClean()));
    }

    private boolean full(List<Relay> relays, LoadClient client, Report report) throws Exception {
        var comparison =
                new Comparison(relays, client, new Comparison.Plan(options.windows(), options.seconds(), WARM_SECONDS));
        for (LoadCase load : LoadCase.all()) {
            if (!options.wants(load.name())) continue;
            report.add(load.name(), load.title(), comparison.run(load).byRelay());
        }
        return true;
    }
}
