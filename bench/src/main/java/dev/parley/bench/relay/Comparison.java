package dev.parley.bench.relay;

import dev.parley.bench.load.LoadClient;
import dev.parley.bench.load.WindowFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs cases on several relays by turns: window by window, so that all relays meet the same moods of the machine. */
final class Comparison {
    /** @param warmSeconds of load before the first window, which do not count; @param relayCore -1 = not pinned */
    record Plan(int windows, double seconds, double warmSeconds, int relayCore) {}

    /** One case's outcome, by relay in the order of the relays. */
    record Outcome(LoadCase load, Map<String, Measured> byRelay) {}

    private final List<Relay> relays;
    private final LoadClient client;
    private final Plan plan;
    private int run;

    Comparison(List<Relay> relays, LoadClient client, Plan plan) {
        this.relays = relays;
        this.client = client;
        this.plan = plan;
    }

    /** The same load on each. */
    Outcome run(LoadCase load) throws Exception {
        var loads = new ArrayList<LoadCase>();
        for (int i = 0; i < relays.size(); i++) loads.add(load);
        return run(load, loads);
    }

    /** To each relay its own load. @param described what the outcome is named after */
    Outcome run(LoadCase described, List<LoadCase> loads) throws Exception {
        var scenarios = new ArrayList<Scenario>();
        var byRelay = new LinkedHashMap<String, Measured>();
        try {
            for (int i = 0; i < relays.size(); i++) {
                scenarios.add(Scenario.open(relays.get(i), client, loads.get(i), ++run));
                byRelay.put(relays.get(i).name(), new Measured());
            }
            if (plan.warmSeconds > 0)
                for (Scenario each : scenarios) each.group().window(plan.warmSeconds);
            for (int window = 0; window < plan.windows; window++) {
                for (int i = 0; i < relays.size(); i++) {
                    byRelay.get(relays.get(i).name())
                            .add(window(relays.get(i), scenarios.get(i), plan.seconds, plan.relayCore));
                }
            }
        } finally {
            for (Scenario each : scenarios) each.close();
        }
        return new Outcome(described, byRelay);
    }

    static Measured.Window window(Relay relay, Scenario scenario, double seconds, int relayCore) throws Exception {
        double coreBefore = relayCore < 0 ? 0 : CoreUse.busySeconds(relayCore);
        double relayBefore = relay.process().cpuSeconds();
        double loadBefore = ProcessCpu.seconds(ProcessHandle.current().pid());
        WindowFigures figures = scenario.group().window(seconds);
        double loadCpu = ProcessCpu.seconds(ProcessHandle.current().pid()) - loadBefore;
        double relayCpu = relay.process().cpuSeconds() - relayBefore;
        double core = relayCore < 0 ? 0 : CoreUse.busySeconds(relayCore) - coreBefore;
        return new Measured.Window(figures, relayCpu, loadCpu, Math.max(0, core - relayCpu));
    }
}
