package dev.parley.account.api;

import dev.parley.account.domain.Account;
import dev.parley.account.domain.AccountStore;
import dev.parley.account.domain.Level;
import dev.parley.account.domain.NewAccount;
import dev.parley.account.domain.Operation;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.UserPage;
import dev.parley.contracts.account.UserView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.text.Normalizer;
import org.jboss.resteasy.reactive.ResponseStatus;

/**
 * Users of a company (RTCPEER-2.26 to 2.29, 2.35). Errors: COMPANY_NOT_FOUND, USER_NOT_FOUND, NAME_TAKEN, PASSWORD_WEAK, NOT_ALLOWED,
 * BAD_REQUEST.
 */
@Path("/v1/companies/{company}/users")
@RunOnVirtualThread
public class UserResource {
    /** {@code level} absent = 4. */
    public record CreateUser(
            @NotBlank @Size(max = 64) @Pattern(regexp = Fields.ACCOUNT, message = Fields.ACCOUNT_ADVICE)
            String account,

            @NotBlank @Size(max = 256) String password,

            Integer level,

            @NotBlank @Size(max = 64) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String name,

            @Size(max = 254) @Pattern(regexp = Fields.EMAIL, message = Fields.EMAIL_ADVICE)
            String email,

            @Size(max = 32) @Pattern(regexp = Fields.PHONE, message = Fields.PHONE_ADVICE)
            String phone,

            @Size(max = 2048) @Pattern(regexp = Fields.URL_OR_NONE, message = Fields.URL_ADVICE)
            String photo,

            @Size(max = 200) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String address,

            @Size(max = 64) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String job) {}

    /** What is absent stays as it is. */
    public record ChangeUser(
            Integer level,
            Boolean enabled,

            @Size(min = 1, max = 64) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String name,

            @Size(max = 254) @Pattern(regexp = Fields.EMAIL, message = Fields.EMAIL_ADVICE)
            String email,

            @Size(max = 32) @Pattern(regexp = Fields.PHONE, message = Fields.PHONE_ADVICE)
            String phone,

            @Size(max = 2048) @Pattern(regexp = Fields.URL_OR_NONE, message = Fields.URL_ADVICE)
            String photo,

            @Size(max = 200) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String address,

            @Size(max = 64) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String job) {}

    public record NewPassword(@NotBlank @Size(max = 256) String password) {}

    private final AccountStore store;
    private final People people;
    private final Caller caller;
    private final Audit audit;

    UserResource(AccountStore store, People people, Caller caller, Audit audit) {
        this.store = store;
        this.people = people;
        this.caller = caller;
        this.audit = audit;
    }

    /** One page, by account; {@code page} from 0, one past the end is empty. {@code text} is looked for in account, name, e-mail and phone. */
    @GET
    @Needs(Operation.SEARCH_USERS)
    public UserPage search(
            @PathParam("company") @Size(max = 64) String company,
            @QueryParam("text")
                    @DefaultValue("")
                    @Size(max = 64)
                    @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
                    String text,
            @QueryParam("level") @DefaultValue("0") @Min(0) @Max(5) int level,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("pageSize") @DefaultValue("20") @Min(1) @Max(200) int pageSize) {
        var found = store.search(new AccountStore.Search(caller.visibleCompany(company), text, level, page, pageSize));
        long pages = (found.totalCount() + pageSize - 1) / pageSize;
        return new UserPage(found.accounts().stream().map(Views::user).toList(), page, found.totalCount(), pages);
    }

    @POST
    @ResponseStatus(201)
    @Needs(Operation.CREATE_USER)
    public UserView create(@PathParam("company") @Size(max = 64) String company, @NotNull @Valid CreateUser request) {
        var wanted = new NewAccount(
                caller.visibleCompany(company),
                normal(request.account),
                request.name.strip(),
                "",
                request.level == null ? Level.USER : request.level,
                new Account.Profile(
                        Fields.orElse(request.email, ""),
                        Fields.orElse(request.phone, ""),
                        Fields.orElse(request.photo, ""),
                        Fields.orElse(request.address, ""),
                        Fields.orElse(request.job, "")));
        var made = people.add(caller, wanted, request.password);
        audit.target("user " + made.number() + " " + made.uid() + " level " + made.level());
        return Views.user(made);
    }

    @GET
    @Path("{number}")
    @Needs(Operation.READ_USER)
    public UserView get(@PathParam("company") @Size(max = 64) String company, @PathParam("number") long number) {
        return Views.user(people.find(caller, company, number));
    }

    /** Level and enabled need SET_LEVEL, and are somebody else's. */
    @PATCH
    @Path("{number}")
    @Needs(Operation.CHANGE_USER)
    public UserView change(
            @PathParam("company") @Size(max = 64) String company,
            @PathParam("number") long number,
            @NotNull @Valid ChangeUser request) {
        var account = people.find(caller, company, number);
        if ((request.level != null || request.enabled != null) && !caller.may(Operation.SET_LEVEL)) {
            throw new RefusedException(ErrorCode.NOT_ALLOWED);
        }
        int level = request.level == null ? 0 : request.level;
        if (request.level != null && level == 0) level = -1; // said, and no level
        var changed = people.change(caller, account, level, request.enabled, a -> changed(a, request));
        audit.target("user " + number + " " + account.uid()
                + (request.level == null ? "" : " level " + request.level)
                + (request.enabled == null ? "" : " enabled " + request.enabled));
        return Views.user(changed);
    }

    /** For good; the user's sessions end. */
    @DELETE
    @Path("{number}")
    @Needs(Operation.DELETE_USER)
    public void delete(@PathParam("company") @Size(max = 64) String company, @PathParam("number") long number) {
        var account = people.find(caller, company, number);
        audit.target("user " + number + " " + account.uid());
        people.delete(caller, account);
    }

    /** Somebody else's, without the old one: the user's sessions end. */
    @POST
    @Path("{number}:resetPassword")
    @Needs(Operation.RESET_PASSWORD)
    public void resetPassword(
            @PathParam("company") @Size(max = 64) String company,
            @PathParam("number") long number,
            @NotNull @Valid NewPassword request) {
        var account = people.find(caller, company, number);
        audit.target("user " + number + " " + account.uid());
        people.resetPassword(caller, account, request.password);
    }

    private static Account changed(Account a, ChangeUser request) {
        var p = a.profile();
        var profile = new Account.Profile(
                Fields.orElse(request.email, p.email()),
                Fields.orElse(request.phone, p.phone()),
                Fields.orElse(request.photo, p.photo()),
                Fields.orElse(request.address, p.address()),
                Fields.orElse(request.job, p.job()));
        var b = With.profile(a, Fields.orElse(request.name, a.displayName()).strip(), profile);
        return With.rights(
                b,
                request.level == null ? b.level() : request.level,
                request.enabled == null ? b.enabled() : request.enabled);
    }

    /** One spelling of each account, whatever the keyboard composes. */
    static String normal(String account) {
        return Normalizer.normalize(account, Normalizer.Form.NFC);
    }
}
