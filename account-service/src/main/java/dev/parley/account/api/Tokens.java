package dev.parley.account.api;

import dev.parley.account.domain.Grant;
import dev.parley.contracts.account.TokenClaims;
import dev.parley.contracts.account.TokenView;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** Turns grants into signed tokens. Threads: any that may wait. */
@ApplicationScoped
public class Tokens {
    private final TokenKeys keys;
    private final Time time;

    Tokens(TokenKeys keys, Time time) {
        this.keys = keys;
        this.time = time;
    }

    public TokenView issue(Grant grant) {
        var signer = keys.signer();
        long nowSeconds = time.nowMs() / 1000;
        long endsSeconds = nowSeconds + grant.ttlSeconds();
        var claims = Jwt.claims()
                .issuer(TokenClaims.ISSUER)
                .subject(grant.subject())
                .groups(Set.of(grant.group()))
                .issuedAt(nowSeconds)
                .expiresAt(endsSeconds)
                .claim("jti", UUID.randomUUID().toString());
        grant.claims().forEach(claims::claim);
        String token = claims.jws()
                .keyId(signer.key().kid())
                .algorithm(SignatureAlgorithm.ES256)
                .sign(signer.privateKey());
        return new TokenView(token, grant.subject(), endsSeconds * 1000);
    }
}
