package dev.parley.account.api;

import dev.parley.account.domain.AuditLog;
import dev.parley.account.domain.Operation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** The audit log: an administrator reads the own company's, the operator's administrator all. */
@Path("/v1/audit")
@RunOnVirtualThread
public class AuditResource {
    /** {@code status} 0: the process ended before the answer; whether it was done is not known. */
    public record AuditView(
            long id,
            long atMs,
            String actor,
            String role,
            String company,
            String address,
            String operation,
            String target,
            int status,
            String code) {}

    /** {@code next}: to be given as {@code before} for the next page; 0 = this was the last one. */
    public record AuditPage(List<AuditView> entries, long next) {}

    private final AuditLog log;
    private final Caller caller;

    AuditResource(AuditLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
    }

    /** Newest first. New entries do not shift the pages: each begins where the last one ended. */
    @GET
    @Needs(Operation.READ_AUDIT)
    public AuditPage list(
            @QueryParam("before") @DefaultValue("0") @Min(0) long before,
            @QueryParam("pageSize") @DefaultValue("50") @Min(1) @Max(200) int pageSize) {
        var entries = log.list(caller.visibleCompany(), before, pageSize).stream()
                .map(AuditResource::view)
                .toList();
        return new AuditPage(entries, entries.size() < pageSize ? 0 : entries.getLast().id);
    }

    private static AuditView view(AuditLog.Line line) {
        var e = line.entry();
        return new AuditView(
                line.id(),
                e.atMs(),
                e.actor(),
                e.role().name(),
                e.companyId(),
                e.address(),
                e.operation().name(),
                e.target(),
                line.status(),
                line.code());
    }
}
