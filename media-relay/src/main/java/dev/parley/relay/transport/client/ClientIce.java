package dev.parley.relay.transport.client;

import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.util.Base64;

/** The controlling side of one ICE generation, with one pair: every check nominates (RFC 8445 section 7.2). One thread but for the names. */
public final class ClientIce {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String ufrag = token(6);
    private final String pwd = token(18);
    private final long tieBreaker = RANDOM.nextLong();
    private final StunMessage message = new StunMessage();
    private final StunWriter writer = new StunWriter();
    private String username = "";
    private StunKey remoteKey;
    private long transaction = RANDOM.nextLong();
    private boolean answered;

    private static String token(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().withoutPadding().encodeToString(random);
    }

    public String ufrag() {
        return ufrag;
    }

    public String pwd() {
        return pwd;
    }

    /** The other side's credentials: from now on checks can be written. */
    public void remote(String remoteUfrag, String remotePwd) {
        username = remoteUfrag + ":" + ufrag;
        remoteKey = new StunKey(remotePwd);
    }

    /** Appends a binding request. */
    public void writeCheck(ByteBuf out) {
        writer.begin(out, StunMessage.BINDING_REQUEST, 0x50415259, ++transaction)
                .username(username)
                .controlling(tieBreaker)
                .useCandidate()
                .priority(110L << 24 | 65535 << 8 | 255);
        writer.end(remoteKey);
    }

    /** True for a genuine success response to one of the last 64 checks. */
    public boolean onResponse(ByteBuf packet) {
        if (remoteKey == null
                || message.wrap(packet) != StunMessage.Verdict.OK
                || message.type() != StunMessage.BINDING_SUCCESS
                || transaction - message.transactionTail() > 64
                || transaction - message.transactionTail() < 0
                || !message.verifyIntegrity(remoteKey)) {
            return false;
        }
        answered = true;
        return true;
    }

    /** True after the first genuine response. */
    public boolean answered() {
        return answered;
    }
}
