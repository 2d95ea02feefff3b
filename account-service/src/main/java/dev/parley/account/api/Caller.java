package dev.parley.account.api;

import dev.parley.account.domain.Application;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.TokenClaims;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who asks, and what that one may see: services and root all, an administrator the own company. */
@RequestScoped
public class Caller {
    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    boolean service() {
        return identity.hasRole(TokenClaims.SERVICE);
    }

    /** Company of the signed-in account. */
    String company() {
        return identity.getPrincipal() instanceof JsonWebToken token
                        && token.getClaim(TokenClaims.COMPANY) instanceof String c
                ? c
                : FirstStart.OPERATOR;
    }

    /** The company whose applications may be listed; "" = all. */
    String visibleCompany() {
        return service() || identity.hasRole(TokenClaims.ROOT) ? "" : company();
    }

    /** Another company's application looks like none. */
    Application own(Application application) {
        String visible = visibleCompany();
        if (visible.isEmpty() || visible.equals(application.companyId())) return application;
        throw new RefusedException(ErrorCode.APPLICATION_NOT_FOUND);
    }
}
