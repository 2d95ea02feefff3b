package dev.parley.account.api;

import dev.parley.account.domain.Company;
import dev.parley.account.domain.CompanyStore;
import dev.parley.account.domain.Operation;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.CompanyView;
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
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Companies. Errors: COMPANY_NOT_FOUND (also for one that the caller may not see), NAME_TAKEN, COMPANY_IN_USE, BAD_REQUEST. */
@Path("/v1/companies")
@RunOnVirtualThread
public class CompanyResource {
    /** {@code id} stands in addresses and tokens and stays; {@code name} is what people see, absent = the id. */
    public record CreateCompany(
            @NotBlank @Size(max = 64) @Pattern(regexp = Fields.COMPANY, message = Fields.COMPANY_ADVICE)
            String id,

            @Size(min = 1, max = 64) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String name) {}

    /** What is absent stays as it is. {@code enabled} false: nobody of it can sign in, and its users' sessions are refused; for root. */
    public record ChangeCompany(
            @Size(min = 1, max = 64) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String name,

            @Size(max = 254) @Pattern(regexp = Fields.EMAIL, message = Fields.EMAIL_ADVICE)
            String email,

            @Size(max = 32) @Pattern(regexp = Fields.PHONE, message = Fields.PHONE_ADVICE)
            String phone,

            @Size(max = 2048) @Pattern(regexp = Fields.URL_OR_NONE, message = Fields.URL_ADVICE)
            String logo,

            @Size(max = 200) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String address,

            Boolean enabled) {}

    private final CompanyStore store;
    private final Caller caller;
    private final Audit audit;
    private final Time time;

    CompanyResource(CompanyStore store, Caller caller, Audit audit, Time time) {
        this.store = store;
        this.caller = caller;
        this.audit = audit;
        this.time = time;
    }

    @GET
    @Needs(Operation.LIST_COMPANIES)
    public List<CompanyView> list(
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("pageSize") @DefaultValue("20") @Min(1) @Max(200) int pageSize) {
        return store.list(page, pageSize).stream().map(Views::company).toList();
    }

    @POST
    @ResponseStatus(201)
    @Needs(Operation.CREATE_COMPANY)
    public CompanyView create(@NotNull @Valid CreateCompany request) {
        String id = UserResource.normal(request.id);
        audit.target("company " + id);
        String name = Fields.orElse(request.name, id).strip();
        if (!store.add(id, name, time.nowMs())) throw new RefusedException(ErrorCode.NAME_TAKEN);
        return Views.company(find(id));
    }

    @GET
    @Path("{company}")
    @Needs(Operation.READ_COMPANY)
    public CompanyView get(@PathParam("company") @Size(max = 64) String company) {
        return Views.company(find(caller.visibleCompany(company)));
    }

    @PATCH
    @Path("{company}")
    @Needs(Operation.CHANGE_COMPANY)
    public CompanyView change(
            @PathParam("company") @Size(max = 64) String company, @NotNull @Valid ChangeCompany request) {
        caller.visibleCompany(company);
        if (request.enabled != null && (company.equals(FirstStart.OPERATOR) || !caller.may(Operation.CREATE_COMPANY))) {
            throw new RefusedException(ErrorCode.NOT_ALLOWED);
        }
        return store.update(company, c -> changed(c, request))
                .map(Views::company)
                .orElseThrow(() -> new RefusedException(ErrorCode.COMPANY_NOT_FOUND));
    }

    @DELETE
    @Path("{company}")
    @Needs(Operation.DELETE_COMPANY)
    public void delete(@PathParam("company") @Size(max = 64) String company) {
        if (company.equals(FirstStart.OPERATOR)) throw new RefusedException(ErrorCode.COMPANY_IN_USE);
        switch (store.delete(company)) {
            case DONE -> {}
            case NONE -> throw new RefusedException(ErrorCode.COMPANY_NOT_FOUND);
            case IN_USE -> throw new RefusedException(ErrorCode.COMPANY_IN_USE);
        }
    }

    private Company find(String id) {
        return store.find(id).orElseThrow(() -> new RefusedException(ErrorCode.COMPANY_NOT_FOUND));
    }

    private static Company changed(Company c, ChangeCompany request) {
        return new Company(
                c.id(),
                c.number(),
                Fields.orElse(request.name, c.displayName()).strip(),
                Fields.orElse(request.email, c.email()),
                Fields.orElse(request.phone, c.phone()),
                Fields.orElse(request.logo, c.logo()),
                Fields.orElse(request.address, c.address()),
                request.enabled == null ? c.enabled() : request.enabled,
                c.createdAtMs());
    }
}
