package dev.parley.account.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules of the token keys: which one signs, which are shown, what to do as time goes by. Pure; all copies of the service that see
 * the same rows and about the same clock decide alike. Every verifier has seen a key before the first token under it comes, because a
 * key waits as a standby for at least {@link Policy#leadMs}; and an old key is shown until the last token under it is over.
 */
public final class KeyRing {
    /**
     * @param lifeMs     how long a key signs before its successor is appointed
     * @param leadMs     how long a key is published before it signs: more than verifiers keep the key set
     * @param tokenMaxMs longest life of a token
     */
    public record Policy(long lifeMs, long leadMs, long tokenMaxMs) {}

    /** What has to be written. */
    public sealed interface Action {
        /** Make a key pair that waits; {@code signsFromMs} may be {@link SigningKey#STANDBY}. */
        record Make(long signsFromMs) implements Action {}

        record Appoint(String kid, long signsFromMs) implements Action {}

        record Delete(String kid) implements Action {}
    }

    private KeyRing() {}

    /** The key that signs at {@code nowMs}; empty only before the ring's first {@link #upkeep}. */
    public static Optional<SigningKey> signer(List<SigningKey> keys, long nowMs) {
        return keys.stream()
                .filter(k -> k.signsFromMs() <= nowMs)
                .max(Comparator.comparingLong(SigningKey::signsFromMs));
    }

    /** What is due at {@code nowMs}: a first key, a standby, a successor for a key past its age, the end of keys whose tokens are all over. */
    public static List<Action> upkeep(List<SigningKey> keys, long nowMs, Policy policy) {
        var actions = new ArrayList<Action>();
        var signer = signer(keys, nowMs);
        if (signer.isEmpty()) actions.add(new Action.Make(nowMs)); // nobody verifies yet: no lead needed
        if (signer.isPresent()
                && !handingOver(keys, nowMs)
                && nowMs - signer.get().signsFromMs() >= policy.lifeMs()) {
            actions.addAll(rotate(keys, nowMs, policy));
        } else if (standby(keys).isEmpty()) {
            actions.add(new Action.Make(SigningKey.STANDBY));
        }
        for (var key : keys) {
            var successor = successor(keys, key);
            if (successor.isPresent() && successor.get().signsFromMs() + policy.tokenMaxMs() < nowMs) {
                actions.add(new Action.Delete(key.kid()));
            }
        }
        return actions;
    }

    /**
     * Appoints the standby: at once when it has been shown for the lead time, else as soon as it has. Does nothing while a hand-over is
     * under way, so that repeating the request does not burn keys.
     */
    public static List<Action> rotate(List<SigningKey> keys, long nowMs, Policy policy) {
        if (handingOver(keys, nowMs)) return List.of();
        var standby = standby(keys);
        if (standby.isEmpty()) {
            return List.of(new Action.Make(nowMs + policy.leadMs()), new Action.Make(SigningKey.STANDBY));
        }
        long from = Math.max(nowMs, standby.get().createdAtMs() + policy.leadMs());
        return List.of(new Action.Appoint(standby.get().kid(), from), new Action.Make(SigningKey.STANDBY));
    }

    private static boolean handingOver(List<SigningKey> keys, long nowMs) {
        return keys.stream().anyMatch(k -> !k.standby() && k.signsFromMs() > nowMs);
    }

    private static Optional<SigningKey> standby(List<SigningKey> keys) {
        return keys.stream().filter(SigningKey::standby).min(Comparator.comparingLong(SigningKey::createdAtMs));
    }

    private static Optional<SigningKey> successor(List<SigningKey> keys, SigningKey key) {
        return keys.stream()
                .filter(k -> !k.standby() && k.signsFromMs() > key.signsFromMs())
                .min(Comparator.comparingLong(SigningKey::signsFromMs));
    }
}
