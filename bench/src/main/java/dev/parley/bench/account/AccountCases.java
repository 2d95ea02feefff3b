package dev.parley.bench.account;

import dev.parley.account.crypto.ApplicationKeys;
import dev.parley.account.crypto.BcryptPasswords;
import dev.parley.account.crypto.Keys;
import dev.parley.account.crypto.Sm2;
import dev.parley.account.domain.ApplicationKey.Algorithm;
import dev.parley.account.domain.CheckedTokens;
import dev.parley.account.domain.MrtcSignature;
import dev.parley.account.domain.MrtcSignature.Verdict;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is measured, by name: each does its work once and fails when the answer is wrong. All inputs are made before. */
final class AccountCases {
    /** Different inputs of each case. */
    static final int INPUTS = 256;

    private static final int BCRYPT_COST = 12;
    private static final long IN_AN_HOUR_MS = 60 * 60 * 1000;

    interface Case {
        void run(int turn) throws Exception;
    }

    private AccountCases() {}

    /** @param inputs how many different ones each case goes through */
    static Map<String, Case> all(int inputs) throws Exception {
        var cases = new LinkedHashMap<String, Case>();
        for (int bits : new int[] {2048, 3072, 4096})
            cases.put("signature RSA-" + bits, signature(Algorithm.RSA, bits, inputs));
        cases.put("signature SM2", signature(Algorithm.SM2, ApplicationKeys.SM2_BITS, inputs));
        tokens(cases, inputs);
        cases.put("password, bcrypt cost " + BCRYPT_COST, password());
        return cases;
    }

    private static Case signature(Algorithm algorithm, int bits, int inputs) {
        KeyPair pair = ApplicationKeys.make(algorithm, bits);
        PublicKey key = pair.getPublic();
        var signatures = new String[inputs];
        var subjects = new byte[inputs][];
        long nowMs = System.currentTimeMillis();
        for (int i = 0; i < inputs; i++) {
            long expiresAtMs = nowMs + IN_AN_HOUR_MS + i;
            subjects[i] = MrtcSignature.subject("bench", "default", "default", "user-" + i);
            String text = "benchdefaultdefaultuser-" + i + expiresAtMs;
            signatures[i] = ApplicationKeys.sign(algorithm, pair.getPrivate().getEncoded(), text, expiresAtMs);
        }
        return turn -> {
            int i = turn % inputs;
            Verdict verdict = key instanceof RSAPublicKey rsa
                    ? MrtcSignature.check(rsa, subjects[i], signatures[i], nowMs)
                    : Sm2.check(key, subjects[i], signatures[i], nowMs, MrtcSignature.LIFE_MAX_MS);
            if (!(verdict instanceof Verdict.Good)) throw new IllegalStateException("refused: " + verdict);
        };
    }

    private static void tokens(Map<String, Case> cases, int inputs) {
        KeyPair pair = Keys.newTokenKey();
        var shown = new String[inputs];
        for (int i = 0; i < inputs; i++) shown[i] = token(pair, i);
        var context = new JWTAuthContextInfo((ECPublicKey) pair.getPublic(), "parley");
        context.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        var factory = new DefaultJWTCallerPrincipalFactory();
        var checked = new CheckedTokens<JWTCallerPrincipal>(10_000);
        cases.put("token ES256, first time", turn -> parse(factory, shown[turn % inputs], context));
        cases.put("token ES256, shown again", turn -> {
            String token = shown[turn % inputs];
            Optional<JWTCallerPrincipal> known = checked.find(token, System.currentTimeMillis());
            if (known.isEmpty()) {
                var principal = parse(factory, token, context);
                checked.put(token, principal, principal.getExpirationTime() * 1000);
            }
        });
        cases.put("token ES256, made", turn -> token(pair, turn));
    }

    private static JWTCallerPrincipal parse(
            DefaultJWTCallerPrincipalFactory factory, String token, JWTAuthContextInfo context) throws ParseException {
        var principal = factory.parse(token, context);
        if (!principal.getGroups().contains("user"))
            throw new IllegalStateException("groups: " + principal.getGroups());
        return principal;
    }

    private static String token(KeyPair pair, int i) {
        return Jwt.claims()
                .issuer("parley")
                .subject("user-" + i + "@bench")
                .groups("user")
                .claim("company", "bench")
                .claim("name", "User " + i)
                .claim("role", "guest")
                .claim("scope", "publish subscribe record")
                .expiresIn(3600)
                .jws()
                .keyId("bench")
                .algorithm(SignatureAlgorithm.ES256)
                .sign(pair.getPrivate());
    }

    private static Case password() {
        var passwords = new BcryptPasswords(BCRYPT_COST);
        String hash = passwords.hash("correct horse 7");
        return turn -> {
            if (!passwords.matches("correct horse 7", hash)) throw new IllegalStateException("refused");
        };
    }
}
