package dev.parley.account.domain;

import java.util.List;
import java.util.function.Function;

/** Where the token keys are kept. Calls wait on the store; not for event loops. */
public interface TokenKeyStore {
    List<TokenKey> load();

    /** Lets the rules see the keys and carries out what they say, while no other copy of the service does the same. */
    void change(Function<List<SigningKey>, List<KeyRing.Action>> rules, long nowMs);
}
