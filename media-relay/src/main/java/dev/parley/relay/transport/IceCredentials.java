package dev.parley.relay.transport;

import dev.parley.rtp.stun.StunKey;
import java.security.SecureRandom;

/**
 * Both sides' names and passwords of one ICE generation.
 *
 * @param localKey signs what we answer and checks what comes: both are made with our password (RFC 8445 section 7.2.2)
 */
record IceCredentials(String localUfrag, String localPwd, StunKey localKey, String remoteUfrag, String remotePwd) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** New local ones: 48 bits of name, 192 bits of password. */
    static IceCredentials create(String remoteUfrag, String remotePwd) {
        String pwd = random(32);
        return new IceCredentials(random(8), pwd, new StunKey(pwd), remoteUfrag, remotePwd);
    }

    private static String random(int chars) {
        var text = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) {
            text.append(ICE_CHARS.charAt(RANDOM.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }
}
