package dev.parley.bench.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One process a core, all at once and each bound to its core; each measures in one thread, by the clock and by the CPU time that the thread
 * got. On a machine that does other work the second says what a core can do.
 */
public final class AccountRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USAGE =
            "usage: ./parley bench account [--seconds 3] [--quick] [--only TEXT] [--json FILE]";
    private static final double PATIENCE = 15;

    private AccountRun() {}

    /** @throws IllegalArgumentException that says what is wrong with the arguments */
    public static int run(String[] arguments) throws Exception {
        double seconds = 3;
        Path json = null;
        boolean measure = false;
        String only = "";
        var left = Arrays.asList(arguments).iterator();
        while (left.hasNext()) {
            String name = left.next();
            switch (name) {
                case "--quick" -> seconds = 0.2;
                case "--measure" -> measure = true; // one of our own processes
                case "--seconds" -> seconds = Double.parseDouble(value(left));
                case "--only" -> only = value(left);
                case "--json" -> json = Path.of(value(left));
                default -> throw new IllegalArgumentException("there is no option " + name + "\n" + USAGE);
            }
        }
        if (!(seconds > 0)) throw new IllegalArgumentException("--seconds must be more than 0\n" + USAGE);
        if (measure) {
            System.out.println(measure(seconds, only));
            return 0;
        }
        return all(seconds, only, json);
    }

    private static String value(java.util.Iterator<String> left) {
        if (!left.hasNext()) throw new IllegalArgumentException(USAGE);
        return left.next();
    }

    private static ObjectNode measure(double seconds, String only) throws Exception {
        var figures = JSON.createObjectNode();
        for (var one : AccountCases.all(AccountCases.INPUTS).entrySet()) {
            if (!one.getKey().contains(only)) continue;
            runFor(one.getValue(), seconds); // the compiler's share
            long cpuNs = cpuNs();
            long beganNs = System.nanoTime();
            int turns = runFor(one.getValue(), seconds);
            double wallS = (System.nanoTime() - beganNs) / 1e9;
            double cpuS = (cpuNs() - cpuNs) / 1e9;
            figures.putObject(one.getKey())
                    .put("checks", turns)
                    .put("perSecond", turns / wallS)
                    .put("perCpuSecond", turns / cpuS);
        }
        return figures;
    }

    /** Until it has had so many seconds of CPU, which on a busy machine takes longer; not more than {@link #PATIENCE} times as long. */
    private static int runFor(AccountCases.Case one, double cpuSeconds) throws Exception {
        long cpuEndNs = cpuNs() + (long) (cpuSeconds * 1e9);
        long endNs = System.nanoTime() + (long) (PATIENCE * cpuSeconds * 1e9);
        int turn = 0;
        do one.run(turn++);
        while (cpuNs() < cpuEndNs && System.nanoTime() < endNs);
        return turn;
    }

    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static int all(double seconds, String only, Path json) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        String loadBefore = load();
        System.out.println("one process on each of " + cores + " cores, " + seconds + " s of CPU a case; load average "
                + loadBefore);
        var processes = new ArrayList<Process>();
        for (int core = 0; core < cores; core++) processes.add(start(core, seconds, only));
        var measured = new ArrayList<JsonNode>();
        for (var process : processes) {
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) throw new IOException("a measuring process failed: " + said);
            measured.add(JSON.readTree(said.lines().reduce((a, b) -> b).orElseThrow()));
        }
        print(measured);
        System.out.println("load average now " + load());
        if (json != null) {
            var root = JSON.createObjectNode()
                    .put("bench", "account")
                    .put("cores", cores)
                    .put("seconds", seconds);
            root.put("java", Runtime.version().toString())
                    .put("loadAverageAtStart", loadBefore)
                    .put("loadAverageAtEnd", load());
            root.putArray("processes").addAll(measured);
            Files.writeString(json, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
            System.out.println("written to " + json);
        }
        return 0;
    }

    private static Process start(int core, double seconds, String only) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/taskset")))
            command.addAll(List.of("taskset", "-c", String.valueOf(core)));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "dev.parley.bench.AccountBench",
                "--measure",
                "--seconds",
                String.valueOf(seconds),
                "--only",
                only));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static void print(List<JsonNode> measured) {
        System.out.printf("%n%-28s %28s %28s%n", "", "per second, each core", "per CPU second, each core");
        for (var name : (Iterable<String>) () -> measured.getFirst().fieldNames()) {
            System.out.printf(
                    "%-28s %28s %28s%n",
                    name, figures(measured, name, "perSecond"), figures(measured, name, "perCpuSecond"));
        }
        System.out.println();
    }

    private static String figures(List<JsonNode> measured, String name, String figure) {
        var texts = new ArrayList<String>();
        for (var one : measured) {
            double value = one.path(name).path(figure).asDouble();
            texts.add(String.format(Locale.ROOT, value < 100 ? "%,.1f" : "%,.0f", value));
        }
        return String.join("  ", texts);
    }

    private static String load() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
        return String.join(" ", fields[0], fields[1], fields[2]);
    }
}
