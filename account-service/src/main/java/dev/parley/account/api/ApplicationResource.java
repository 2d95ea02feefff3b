package dev.parley.account.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.account.domain.Application;
import dev.parley.account.domain.ApplicationStore;
import dev.parley.account.domain.Operation;
import dev.parley.account.domain.ThirdParty;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.ApplicationCreated;
import dev.parley.contracts.account.ApplicationView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Call applications (MRTC section 3.1 and 3.2). Errors: APPLICATION_NOT_FOUND, NAME_TAKEN, BAD_REQUEST. */
@Path("/v1/applications")
@RunOnVirtualThread
public class ApplicationResource {
    /** MRTC-EVT-10: the mildest event there is. */
    private static final int INITIALISED = 10;

    private static final String ID = "[A-Za-z0-9_-]*";

    /** Only the name is needed. */
    public record CreateApplication(
            @NotBlank @Size(max = 64) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String name,

            @Size(max = 32) @Pattern(regexp = ID) String appId,
            @Size(max = 32) @Pattern(regexp = ID) String workspaceId,
            boolean autoRecord,

            @Size(max = 2048) @Pattern(regexp = Fields.URL_OR_NONE, message = Fields.URL_ADVICE)
            String callbackUrl,

            boolean guestsAllowed) {}

    /** What is absent stays as it is. */
    public record ChangeApplication(
            Boolean autoRecord,

            @Size(max = 2048) @Pattern(regexp = Fields.URL_OR_NONE, message = Fields.URL_ADVICE)
            String callbackUrl,

            Boolean guestsAllowed,
            @Min(300) @Max(Application.SIGNATURE_LIFE_MAX_S) Integer signatureLifeMaxS) {}

    private final Applications applications;
    private final ApplicationStore store;
    private final Caller caller;
    private final ThirdParty thirdParty;
    private final ObjectMapper json;

    ApplicationResource(
            Applications applications,
            ApplicationStore store,
            Caller caller,
            ThirdParty thirdParty,
            ObjectMapper json) {
        this.applications = applications;
        this.store = store;
        this.caller = caller;
        this.thirdParty = thirdParty;
        this.json = json;
    }

    /** The private key is in this answer and in no other. */
    @POST
    @ResponseStatus(201)
    @Needs(Operation.CREATE_APPLICATION)
    public ApplicationCreated create(@NotNull @Valid CreateApplication request) {
        return applications.add(new Application(
                "",
                caller.company(),
                request.name.strip(),
                orElse(request.appId, Applications.DEFAULT),
                orElse(request.workspaceId, Applications.DEFAULT),
                request.autoRecord,
                orElse(request.callbackUrl, ""),
                request.guestsAllowed,
                Application.SIGNATURE_LIFE_MAX_S,
                0));
    }

    @GET
    @Needs(Operation.READ_APPLICATION)
    public List<ApplicationView> list() {
        return store.list(caller.visibleCompany()).stream()
                .filter(caller::sees)
                .map(Applications::view)
                .toList();
    }

    @GET
    @Path("{bizName}")
    @Needs(Operation.READ_APPLICATION)
    public ApplicationView get(@PathParam("bizName") @Size(max = 64) @Pattern(regexp = ID) String bizName) {
        return Applications.view(caller.own(applications.get(bizName)));
    }

    @PATCH
    @Path("{bizName}")
    @Needs(Operation.CHANGE_APPLICATION)
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
                                request.autoRecord == null ? a.autoRecord() : request.autoRecord,
                                request.callbackUrl == null ? a.callbackUrl() : request.callbackUrl,
                                request.guestsAllowed == null ? a.guestsAllowed() : request.guestsAllowed,
                                request.signatureLifeMaxS == null ? a.signatureLifeMaxS() : request.signatureLifeMaxS,
                                a.createdAtMs()))
                .map(Applications::view)
                .orElseThrow(() -> new RefusedException(ErrorCode.APPLICATION_NOT_FOUND));
    }

    /** Sends a test callback as the recorder would send one, and tells what came back (MRTC-CON-07). Errors: NO_CALLBACK_URL. */
    @POST
    @Path("{bizName}:testCallback")
    @Needs(Operation.TEST_CALLBACK)
    public ThirdParty.Delivery testCallback(@PathParam("bizName") @Size(max = 64) String bizName) {
        var application = caller.own(applications.get(bizName));
        if (application.callbackUrl().isEmpty()) throw new RefusedException(ErrorCode.NO_CALLBACK_URL);
        String bizRequestId = "test-" + UUID.randomUUID();
        String body = json.createObjectNode()
                .put("bizRequestId", bizRequestId)
                .put("bizName", bizName)
                .put("appId", application.appId())
                .put("workspaceId", application.workspaceId())
                .put("roomId", "0")
                .put("recordId", "test")
                .put("eventCode", INITIALISED)
                .toString();
        return thirdParty.post(application.callbackUrl(), bizName, bizRequestId, body);
    }

    private static String orElse(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }
}
