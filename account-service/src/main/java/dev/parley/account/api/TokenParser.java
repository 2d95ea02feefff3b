package dev.parley.account.api;

import dev.parley.account.domain.CheckedTokens;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.TokenClaims;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Set;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * Checks the tokens shown to this service with its own keys in memory: the checks are SmallRye's as everywhere else, but no key set is
 * fetched over HTTP from itself.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class TokenParser extends JWTCallerPrincipalFactory {
    private static final int TOKENS_MAX = 10_000;

    private record Checked(String kid, JWTCallerPrincipal principal) {}

    private final CheckedTokens<Checked> checked = new CheckedTokens<>(TOKENS_MAX);
    private final TokenKeys keys;
    private final Time time;

    TokenParser(TokenKeys keys, Time time) {
        this.keys = keys;
        this.time = time;
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
        var known = checked.find(token, time.nowMs());
        String kid = known.isPresent() ? known.get().kid : kid(token);
        var key = keys.find(kid).orElseThrow(() -> new ParseException("the token names a key that is not known"));
        if (known.isPresent()) return known.get().principal;
        var own = new JWTAuthContextInfo(key.publicKey(), TokenClaims.ISSUER);
        own.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        var principal = new DefaultJWTCallerPrincipalFactory().parse(token, own);
        checked.put(token, new Checked(kid, principal), principal.getExpirationTime() * 1000);
        return principal;
    }

    private static String kid(String token) throws ParseException {
        try {
            String kid = JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue();
            if (kid != null) return kid;
        } catch (JoseException | RefusedException e) {
            throw new ParseException("not a signed token", e);
        }
        throw new ParseException("the token names no key");
    }
}
