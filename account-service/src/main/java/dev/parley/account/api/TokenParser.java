package dev.parley.account.api;

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
    private final TokenKeys keys;

    TokenParser(TokenKeys keys) {
        this.keys = keys;
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
        var key =
                keys.find(kid(token)).orElseThrow(() -> new ParseException("the token names a key that is not known"));
        var own = new JWTAuthContextInfo(key.publicKey(), TokenClaims.ISSUER);
        own.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        return new DefaultJWTCallerPrincipalFactory().parse(token, own);
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
