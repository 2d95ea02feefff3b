package dev.parley.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The one command, {@code ./parley}. The script of that name compiles it, with nothing but the JDK. */
public final class Main {
    private static final String USAGE = """
            usage: ./parley COMMAND

              up [-d] [--lan]     build what is stale, start everything, print the URLs; -d returns, --lan serves the network
              down                stop everything
              status [--json]     processes, ports, health, memory
              logs NAME [-f]      what a process said
              token --room ROOM [--publish] [--subscribe]
                                  a bearer token for OBS, FFmpeg and the like (WHIP, WHEP)
              verify MANIFEST [FOLDER] [--key ID]
                                  whether a recording's files are as they were made, or which bytes are not
              doctor              look for what stands in the way
              demo [--keep]       two browsers, a call, a recording, all of it checked
              test                everything that proves the project
              features [--json]   which lines of docs/features the last run of the tests proves, and which not
              chaos recorder      kills processes under recordings, 30 times, and checks what is promised of them
              bench [NAME]        benchmarks: join (click to first frame), and those it lists without a name

            PARLEY_PORT_BASE=7100 moves all ports; PARLEY_HOME=.parley moves all data;
            PARLEY_BUILD=0 runs what is built, stale or not; PARLEY_AOT=0 trains no AOT caches.""";

    private Main() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        int status;
        try {
            status = run(arguments);
        } catch (Fault e) {
            System.out.println();
            System.err.println("parley: " + e.getMessage());
            status = 1;
        }
        System.exit(status);
    }

    private static int run(String[] arguments) {
        if (arguments.length == 0) {
            System.out.println(USAGE);
            return 2;
        }
        var rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        var layout = Layout.find();
        var ports = Ports.fromEnvironment();
        return switch (arguments[0]) {
            case "up" -> new Up(layout, ports).run(rest);
            case "down" -> Down.run(layout, ports);
            case "status" -> new Status(layout, ports).run(rest);
            case "logs" -> Logs.run(layout, rest);
            case "token" -> new Token(layout, ports).run(rest);
            case "verify" -> Verify.run(rest);
            case "doctor" -> new Doctor(layout, ports).run();
            case "demo" -> new Demo(layout, ports).run(rest);
            case "test" -> new TestRun(layout).run();
            case "features" -> new Features(layout).run(rest);
            case "chaos" -> new Chaos(layout, ports).run(rest);
            case "bench" -> rest.length > 0 && rest[0].equals("join")
                    ? new Demo(layout, ports).run("dev.parley.e2e.JoinBench", List.of(rest).subList(1, rest.length))
                    : Bench.run(layout, rest);
            // Not for people: up starts it beside the suite.
            case AotCaches.TRAINER -> new AotCaches(layout).trainMissing(ports);
            case "help", "-h", "--help" -> {
                System.out.println(USAGE);
                yield 0;
            }
            default -> throw new Fault("there is no command " + arguments[0] + "\n" + USAGE);
        };
    }
}
