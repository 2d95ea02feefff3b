package dev.parley.account.api;

import dev.parley.account.domain.Account;
import dev.parley.account.domain.Application;
import dev.parley.account.domain.CredentialStore.Found;
import dev.parley.account.domain.Level;
import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Permissions;
import dev.parley.account.domain.Permissions.Reach;
import dev.parley.account.domain.Role;
import dev.parley.account.domain.Session;
import dev.parley.account.domain.SessionStore;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.TokenClaims;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who asks, found out when first wanted: what the token says is not believed where the database knows better, so a revoked session, a
 * disabled account and a new level count at once. Answers what of others the caller may see; what it may not looks as if it were not there.
 */
@RequestScoped
public class Caller {
    /** Services that pass a client's request on tell the client's address, for the delay of guessing and for the audit log. */
    static final String CLIENT_ADDRESS = "X-Parley-Client-Address";

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");
    private static final int IPV6_BYTES = 16;

    private final SecurityIdentity identity;
    private final SessionStore sessions;
    private final Time time;
    private final RoutingContext http;

    private Role role;
    private SessionStore.Live live;
    private Found called;
    private Operation operation;

    Caller(SecurityIdentity identity, SessionStore sessions, Time time, RoutingContext http) {
        this.identity = identity;
        this.sessions = sessions;
        this.time = time;
        this.http = http;
    }

    /** Errors: TOKEN_INVALID when a token is shown that is not good, or its session is over. */
    Role role() {
        if (role == null) role = find();
        return role;
    }

    private Role find() {
        if (called != null) return Role.APPLICATION;
        String sid = http.get(ConsoleGate.SID);
        if (sid != null) {
            live = sessions.use(Sessions.digest(sid), time.nowMs())
                    .orElseThrow(() -> new RefusedException(ErrorCode.TOKEN_INVALID, "The session is over."));
            return live.account().role();
        }
        if (identity.isAnonymous()) return Role.ANYONE;
        if (identity.hasRole(TokenClaims.SERVICE)) return Role.SERVICE;
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) return Role.GUEST;
        String session = token.getClaim(TokenClaims.SESSION);
        if (session == null) return Role.GUEST;
        live = sessions.find(session, time.nowMs())
                .orElseThrow(() -> new RefusedException(ErrorCode.TOKEN_INVALID, "The session is over."));
        return live.account().role();
    }

    /** The request is signed with this credential. */
    void called(Found by) {
        called = by;
    }

    /** Lets the caller in for this operation. Errors: TOKEN_INVALID for one who shows nothing, NOT_ALLOWED. */
    void admit(Operation wanted) {
        operation = wanted;
        if (Permissions.of(Role.ANYONE, wanted) == Reach.ALL) return;
        if (reach() != Reach.NONE) return;
        throw new RefusedException(role() == Role.ANYONE ? ErrorCode.TOKEN_INVALID : ErrorCode.NOT_ALLOWED);
    }

    Reach reach() {
        return Permissions.of(role(), operation);
    }

    boolean may(Operation other) {
        return Permissions.of(role(), other) != Reach.NONE;
    }

    /** The caller's column of the table, without what it may not at all. */
    Map<Operation, Reach> rights() {
        var rights = new EnumMap<Operation, Reach>(Operation.class);
        for (var each : Operation.values()) if (may(each)) rights.put(each, Permissions.of(role(), each));
        return rights;
    }

    boolean service() {
        return role() == Role.SERVICE;
    }

    /** Of the one who signed in; only where the operation is for such. */
    Account account() {
        if (role() == null || live == null) throw new RefusedException(ErrorCode.NOT_ALLOWED);
        return live.account();
    }

    Session session() {
        account();
        return live.session();
    }

    /** "" when the caller belongs to none. */
    String company() {
        role();
        if (called != null) return called.application().companyId();
        return live == null ? "" : live.account().companyId();
    }

    /** For the audit log. */
    String name() {
        if (role() == Role.ANYONE) return "";
        if (called != null) return called.credential().appId();
        return live == null
                ? String.valueOf(identity.getPrincipal().getName())
                : live.account().uid();
    }

    /** The company whose things may be listed; "" = all. */
    String visibleCompany() {
        return reach() == Reach.ALL ? "" : company();
    }

    /** Another company looks like none. */
    String visibleCompany(String id) {
        if (reach() != Reach.ALL && !company().equals(id)) throw new RefusedException(ErrorCode.COMPANY_NOT_FOUND);
        return id;
    }

    /** Another's application looks like none. */
    Application own(Application application) {
        if (sees(application)) return application;
        throw new RefusedException(ErrorCode.APPLICATION_NOT_FOUND);
    }

    boolean sees(Application application) {
        return switch (reach()) {
            case ALL -> true;
            case COMPANY -> company().equals(application.companyId());
            case SELF -> called != null && called.application().bizName().equals(application.bizName());
            case NONE -> false;
        };
    }

    boolean sees(Account other) {
        return switch (reach()) {
            case ALL -> true;
            case COMPANY -> company().equals(other.companyId());
            case SELF -> account().number() == other.number();
            case NONE -> false;
        };
    }

    /** Errors: NOT_ALLOWED when the other, as it is or shall be, is stronger than the caller. */
    void mayHandle(int level) {
        if (!Level.mayHandle(account().level(), level)) throw new RefusedException(ErrorCode.NOT_ALLOWED);
    }

    String address() {
        String told = http.request().getHeader(CLIENT_ADDRESS);
        if (told != null && ADDRESS.matcher(told).matches() && service()) return told;
        return http.request().remoteAddress().hostAddress();
    }

    /** What guesses are counted by: one who has an IPv6 address has all of its /64. */
    String network() {
        String address = address();
        if (address.indexOf(':') < 0) return address;
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == IPV6_BYTES ? HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    /** User-Agent, as far as it is printable, at most 200 characters. */
    String agent() {
        String agent = http.request().getHeader("User-Agent");
        if (agent == null) return "";
        String printable = agent.replaceAll("\\p{C}", "?");
        return printable.substring(0, Math.min(200, printable.length()));
    }
}
