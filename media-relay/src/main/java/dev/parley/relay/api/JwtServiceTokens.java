package dev.parley.relay.api;

import dev.parley.contracts.account.TokenClaims;
import dev.parley.relay.tap.ServiceTokens;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;

/** Service tokens by SmallRye JWT, with the same keys and issuer as REST. */
@ApplicationScoped
class JwtServiceTokens implements ServiceTokens {
    private final JWTParser parser;

    JwtServiceTokens(JWTParser parser) {
        this.parser = parser;
    }

    @Override
    public boolean isService(String token) {
        if (token == null || token.isEmpty()) return false;
        try {
            var groups = parser.parse(token).getGroups();
            return groups != null && groups.contains(TokenClaims.SERVICE);
        } catch (ParseException e) {
            return false;
        }
    }
}
