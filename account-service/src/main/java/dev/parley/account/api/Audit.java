package dev.parley.account.api;

import dev.parley.account.domain.AuditLog;
import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.container.ContainerRequestContext;

/** The audit entry of this request. What is asked of somebody known is written before it is done, so that a crash cannot hide it. */
@RequestScoped
public class Audit {
    private static final int TARGET_CHARS_MAX = 200;

    private final AuditLog log;
    private final Caller caller;
    private final Time time;

    private long entry;
    private Operation expected;
    private String path = "";
    private String target = "";
    private String actor = "";
    private String company = "";

    Audit(AuditLog log, Caller caller, Time time) {
        this.log = log;
        this.caller = caller;
        this.time = time;
    }

    void begin(Operation operation, ContainerRequestContext request) {
        path = request.getUriInfo().getPath();
        String of = request.getUriInfo().getPathParameters().getFirst("company");
        entry = log.begin(new AuditLog.Entry(
                time.nowMs(),
                printable(caller.name()),
                caller.role(),
                printable(of == null ? caller.company() : of),
                caller.address(),
                operation,
                printable(path)));
    }

    /** The caller proves in the request who it is; {@link #actor} tells. */
    void expect(Operation operation, ContainerRequestContext request) {
        expected = operation;
        path = request.getUriInfo().getPath();
    }

    void actor(String name, String companyId) {
        actor = name;
        company = companyId;
    }

    /** Whom or what it is about, where the path does not say so; never a secret. */
    void target(String name) {
        target = name;
    }

    void end(int status, String code) {
        boolean told = status < 400 || status == 401;
        if (entry == 0 && expected != null && told && !actor.isEmpty()) {
            entry = log.begin(new AuditLog.Entry(
                    time.nowMs(),
                    printable(actor),
                    Role.ANYONE,
                    printable(company),
                    caller.address(),
                    expected,
                    printable(path)));
        }
        if (entry != 0) log.end(entry, time.nowMs(), status, code, printable(target));
        entry = 0;
    }

    /** What a remote chose must not forge a line of a page. */
    private static String printable(String text) {
        String clean = text.replaceAll("\\p{C}", "?");
        return clean.substring(0, Math.min(TARGET_CHARS_MAX, clean.length()));
    }
}
