package dev.parley.account.api;

import dev.parley.account.domain.Operation;
import dev.parley.contracts.account.UserView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** One's own account. */
@Path("/v1")
@RunOnVirtualThread
public class MeResource {
    public record ChangePassword(
            @NotBlank @Size(max = 256) String oldPassword,
            @NotBlank @Size(max = 256) String password) {}

    private final Caller caller;
    private final People people;

    MeResource(Caller caller, People people) {
        this.caller = caller;
        this.people = people;
    }

    @GET
    @Path("me")
    @Needs(Operation.READ_OWN_ACCOUNT)
    public UserView me() {
        return Views.user(caller.account());
    }

    /** Ends the caller's other sessions (RTCPEER-2.34). Errors: PASSWORD_WRONG, PASSWORD_WEAK, TOO_MANY. */
    @POST
    @Path("me:changePassword")
    @Needs(Operation.CHANGE_OWN_PASSWORD)
    public void changePassword(@NotNull @Valid ChangePassword request) {
        people.changePassword(caller, request.oldPassword, request.password);
    }
}
