package dev.parley.relay.transport;

import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.SdpException;
import dev.parley.rtp.sdp.SessionDescription;
import java.util.List;

/**
 * What the client's offer says about its side.
 *
 * @param setup actpass or active: the relay is always the passive side of DTLS
 */
public record RemoteTransport(String iceUfrag, String icePwd, List<Fingerprint> fingerprints, String setup) {
    public RemoteTransport {
        fingerprints = List.copyOf(fingerprints);
    }

    /**
     * Out of the bundle's first m-line.
     *
     * @throws SdpException when the offer has no usable ICE credentials or fingerprint, or wants the relay to be the active side
     */
    public static RemoteTransport of(SessionDescription offer) {
        MediaDescription media = offer.transportMedia();
        if (media == null) {
            throw new SdpException(0, "no m-line");
        }
        var remote = new RemoteTransport(
                offer.iceUfrag(media), offer.icePwd(media), offer.fingerprints(media), offer.setup(media));
        if (remote.iceUfrag.length() < 4 || remote.icePwd.length() < 22) {
            throw new SdpException(0, "no ICE user fragment (4 or more) and password (22 or more characters)");
        }
        if (remote.fingerprints.isEmpty()) {
            throw new SdpException(0, "no DTLS fingerprint");
        }
        if (remote.setup.equals("passive")) {
            throw new SdpException(0, "setup:passive: the relay cannot be the active side");
        }
        return remote;
    }
}
