package dev.parley.bench.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.bench.load.Delays;
import dev.parley.bench.load.WindowFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the bench prints and writes. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Above this share of its core the load may be what limits a case. */
    private static final double LOAD_SHARE_MAX = 0.9;
    /** A relay that is busier than this is at its end: its delays and losses say so. */
    private static final double BUSY_SHARE = 0.95;

    private final ObjectNode root = JSON.createObjectNode();
    private final List<String> complaints = new ArrayList<>();

    /** @param settings of this run, e.g. windows and seconds, in the order to be shown */
    public Report(Map<String, String> settings) throws IOException {
        root.put("bench", "relay");
        var head = root.putObject("settings");
        settings.forEach(head::put);
        var machine = root.putObject("machine");
        machine.put("cores", onlineCores());
        machine.put("kernel", System.getProperty("os.version"));
        machine.put("java", Runtime.version().toString());
        machine.put("loadAverageAtStart", loadAverage());
        root.putArray("cases");
    }

    static String loadAverage() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
        return String.join(" ", fields[0], fields[1], fields[2]);
    }

    /** Of the machine, whatever this process may use. */
    public static int onlineCores() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return (int) lines.filter(line -> line.startsWith("processor")).count();
        }
    }

    /** Prints one case's table and keeps it for the JSON. */
    public void add(String name, String title, Map<String, Measured> byRelay) {
        var entry = ((com.fasterxml.jackson.databind.node.ArrayNode) root.get("cases")).addObject();
        entry.put("name", name).put("title", title);
        System.out.printf("%n%s (%s)%n", title, name);
        System.out.printf(
                "  %-10s %13s %7s %9s %8s %27s %7s %6s%n",
                "relay", "packets/CPU s", "CPU", "out/s", "lost", "delay us p50 / p99 / max", "others", "load");
        var relays = entry.putObject("relays");
        byRelay.forEach((relay, measured) -> {
            print(relay, measured);
            write(relays.putObject(relay), measured);
            look(name, relay, measured);
        });
        ratios(entry.putObject("parleyTimes"), byRelay);
    }

    private static void print(String relay, Measured measured) {
        Delays delays = measured.delays();
        System.out.printf(
                Locale.ROOT,
                "  %-10s %,13.0f %5.0f %% %,9.0f %6.2f %% %9.0f / %6.0f / %6.0f %5.0f %% %4.0f %%%s%n",
                relay,
                measured.packetsPerCpuSecond(),
                100 * measured.relayShare(),
                measured.median(w -> w.figures().received() / w.figures().seconds()),
                100 * measured.lossShare(),
                delays.p50Us(),
                delays.p99Us(),
                delays.maxUs(),
                100 * measured.otherShare(),
                100 * measured.loadShareMax(),
                measured.relayShare() > BUSY_SHARE ? "  saturated" : "");
    }

    private static void write(ObjectNode to, Measured measured) {
        to.put("packetsPerCpuSecond", Math.round(measured.packetsPerCpuSecond()));
        to.put("relayCpuShare", round(measured.relayShare()));
        to.put("saturated", measured.relayShare() > BUSY_SHARE);
        to.put("otherCpuShare", round(measured.otherShare()));
        to.put("lossShare", measured.lossShare());
        to.put("loadCpuShareMax", round(measured.loadShareMax()));
        to.set("delayUs", delays(measured.delays()));
        var windows = to.putArray("windows");
        for (Measured.Window window : measured.windows()) {
            WindowFigures f = window.figures();
            windows.addObject()
                    .put("seconds", f.seconds())
                    .put("packetsPerCpuSecond", Math.round(window.packetsPerCpuSecond()))
                    .put("relayCpuSeconds", round(window.relayCpu()))
                    .put("loadCpuSeconds", round(window.loadCpu()))
                    .put("otherCpuSecondsOnRelaysCore", round(window.otherCpu()))
                    .put("sent", f.sent())
                    .put("expected", f.expected())
                    .put("received", f.received())
                    .put("lost", f.lost())
                    .put("sequenceHoles", f.missing())
                    .put("repeated", f.repeated())
                    .put("reordered", f.reordered())
                    .put("payloadsChecked", f.checked())
                    .put("payloadsBad", f.bad())
                    .put("otherPackets", f.other())
                    .put("unsent", f.unsent())
                    .put("droppedByLoadsSockets", f.ownDrops())
                    .put("publishersLateP99Us", f.lateP99Us())
                    .set("delayUs", delays(f.delays()));
        }
    }

    private static ObjectNode delays(Delays d) {
        return JSON.createObjectNode()
                .put("samples", d.samples())
                .put("p50", d.p50Us())
                .put("p90", d.p90Us())
                .put("p99", d.p99Us())
                .put("p99.9", d.p999Us())
                .put("max", d.maxUs());
    }

    /** What would make a figure worth nothing. */
    private void look(String name, String relay, Measured measured) {
        String where = name + " on " + relay + ": ";
        if (measured.sum(WindowFigures::bad) > 0)
            complaints.add(where + measured.sum(WindowFigures::bad) + " payloads were not what had been sent");
        if (measured.sum(WindowFigures::checked) == 0) complaints.add(where + "no payload could be checked");
        if (measured.sum(WindowFigures::ownDrops) > 0)
            complaints.add(where + "the load's own sockets dropped " + measured.sum(WindowFigures::ownDrops));
        if (measured.sum(WindowFigures::unsent) > 0)
            complaints.add(where + "publishers could not send " + measured.sum(WindowFigures::unsent));
        if (measured.loadShareMax() > LOAD_SHARE_MAX)
            complaints.add(where + "the load took " + Math.round(100 * measured.loadShareMax()) + " % of a core");
    }

    private static void ratios(ObjectNode to, Map<String, Measured> byRelay) {
        Measured parley = byRelay.get("parley");
        if (parley == null || byRelay.size() < 2) return;
        var texts = new ArrayList<String>();
        byRelay.forEach((relay, measured) -> {
            if (measured == parley || measured.packetsPerCpuSecond() == 0) return;
            double times = parley.packetsPerCpuSecond() / measured.packetsPerCpuSecond();
            to.put(relay, round(times));
            texts.add(String.format(Locale.ROOT, "%.2f x %s", times, relay));
        });
        System.out.println("  parley forwards " + String.join(", ", texts) + " per CPU second");
    }

    private static double round(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    /** Nothing was found that would spoil the figures. */
    public boolean isSound() {
        return complaints.isEmpty();
    }

    /** Prints what spoils figures, writes the JSON. @param file null = none */
    public void finish(Path file) throws IOException {
        System.out.println();
        if (complaints.isEmpty()) {
            System.out.println(
                    "the load was never the limit: its sockets dropped nothing, it stayed below 90 % of a core, every checked"
                            + " payload was the one sent");
        }
        complaints.forEach(text -> System.out.println("SPOILT  " + text));
        System.out.println("load average at the start "
                + root.path("machine").path("loadAverageAtStart").asText() + ", now " + loadAverage());
        ((ObjectNode) root.get("machine")).put("loadAverageAtEnd", loadAverage());
        var list = root.putArray("complaints");
        complaints.forEach(list::add);
        if (file != null) {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
            System.out.println("written to " + file);
        }
    }
}
