package dev.parley.account.api;

import dev.parley.account.domain.Application;
import dev.parley.account.domain.ApplicationStore;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.ApplicationCreated;
import dev.parley.contracts.account.ApplicationView;
import dev.parley.contracts.account.TokenClaims;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Call applications (MRTC section 3.1 and 3.2). Errors: APPLICATION_NOT_FOUND, NAME_TAKEN, BAD_REQUEST. */
@Path("/v1/applications")
@RunOnVirtualThread
public class ApplicationResource {
    private static final String URL_OR_NONE = "|https?://[^\\s\\p{Cntrl}/?#]+[^\\s\\p{Cntrl}]*";
    private static final String URL_ADVICE = "must be an http or https URL, or empty";
    private static final String ID = "[A-Za-z0-9_-]*";

    /** Only the name is needed. */
    public record CreateApplication(
            @NotBlank @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
            String name,

            @Size(max = 32) @Pattern(regexp = ID) String appId,
            @Size(max = 32) @Pattern(regexp = ID) String workspaceId,
            boolean autoRecord,

            @Size(max = 2048) @Pattern(regexp = URL_OR_NONE, message = URL_ADVICE)
            String callbackUrl,

            boolean guestsAllowed) {}

    /** What is absent stays as it is. */
    public record ChangeApplication(
            Boolean autoRecord,

            @Size(max = 2048) @Pattern(regexp = URL_OR_NONE, message = URL_ADVICE)
            String callbackUrl,

            Boolean guestsAllowed) {}

    private final Applications applications;
    private final ApplicationStore store;
    private final Caller caller;

    ApplicationResource(Applications applications, ApplicationStore store, Caller caller) {
        this.applications = applications;
        this.store = store;
        this.caller = caller;
    }

    /** The private key is in this answer and in no other. */
    @POST
    @ResponseStatus(201)
    @RolesAllowed({TokenClaims.ROOT, TokenClaims.ADMIN})
    public ApplicationCreated create(@NotNull @Valid CreateApplication request) {
        return applications.add(new Application(
                "",
                caller.company(),
                request.name.strip(),
                orElse(request.appId, Applications.DEFAULT),
                orElse(request.workspaceId, Applications.DEFAULT),
                "",
                request.autoRecord,
                orElse(request.callbackUrl, ""),
                request.guestsAllowed,
                0));
    }

    @GET
    @RolesAllowed({TokenClaims.SERVICE, TokenClaims.ROOT, TokenClaims.ADMIN})
    public List<ApplicationView> list() {
        return store.list(caller.visibleCompany()).stream()
                .map(Applications::view)
                .toList();
    }

    @GET
    @Path("{bizName}")
    @RolesAllowed({TokenClaims.SERVICE, TokenClaims.ROOT, TokenClaims.ADMIN})
    public ApplicationView get(@PathParam("bizName") @Size(max = 64) @Pattern(regexp = ID) String bizName) {
        return Applications.view(caller.own(applications.get(bizName)));
    }

    @PATCH
    @Path("{bizName}")
    @RolesAllowed({TokenClaims.ROOT, TokenClaims.ADMIN})
    public ApplicationView change(
            @PathParam("bizName") @Size(max = 64) @Pattern(regexp = ID) String bizName,
            @NotNull @Valid ChangeApplication request) {
        caller.own(applications.get(bizName));
        return store.update(
                        bizName,
                        a -> new Application(
                                a.bizName(),
                                a.companyId(),
                                a.name(),
                                a.appId(),
                                a.workspaceId(),
                                a.publicKey(),
                                request.autoRecord == null ? a.autoRecord() : request.autoRecord,
                                request.callbackUrl == null ? a.callbackUrl() : request.callbackUrl,
                                request.guestsAllowed == null ? a.guestsAllowed() : request.guestsAllowed,
                                a.createdAtMs()))
                .map(Applications::view)
                .orElseThrow(() -> new RefusedException(ErrorCode.APPLICATION_NOT_FOUND));
    }

    private static String orElse(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }
}
