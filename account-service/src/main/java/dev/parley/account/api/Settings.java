package dev.parley.account.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** This service's own settings; an unknown one under the prefix stops the start. */
@ConfigMapping(prefix = "parley.account")
public interface Settings {
    /** 32 bytes in Base64; the private keys in the database open with it and with no other. */
    String masterKey();

    /** What services show at {@code POST /oauth2/token}; at least 16 characters. */
    String serviceSecret();

    /** Of the first administrator; used when the database holds no account, then never again. At most 72 bytes. */
    Optional<String> adminPassword();

    /** Whether the application and company {@code demo} are made at start. */
    @WithDefault("false")
    boolean seedDemo();

    /** How long a token key signs. */
    @WithDefault("P30D")
    Duration keyLife();

    /** How long a token key is published before it signs: more than twice what other services wait between looks at the key set. */
    @WithDefault("PT10M")
    Duration keyLead();

    /** How old the keys in memory may be. */
    @WithDefault("PT5S")
    Duration keyReload();

    /** Guest tokens for one address; callers with a service token are not counted. */
    @WithDefault("120")
    int guestTokensPerMinute();

    /** Wrong passwords from one address (IPv6: /64) before it has to wait; per copy. */
    @WithDefault("60")
    int wrongPasswordsPerMinute();

    /** Networks such as {@code 10.0.0.0/8} whose private addresses callbacks and third parties may have. */
    Optional<List<String>> privateTargets();

    /** Bases of the other services' REST interfaces, for the console. */
    String signalingUrl();

    String masterUrl();

    String recorderUrl();

    /** Where people's browsers find the call page, for joining a room from the console; absent = it offers no joining. */
    Optional<String> webUrl();

    /** Binary logarithm of bcrypt's rounds. */
    @WithDefault("12")
    int bcryptCost();
}
