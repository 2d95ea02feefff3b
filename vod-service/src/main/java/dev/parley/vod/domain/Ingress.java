package dev.parley.vod.domain;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.node.MediaAddress;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Port: the way into a room through its relay. */
public interface Ingress {
    /**
     * Brings a feed into the room; it lives as long as the link. Blocks until the relay has answered.
     *
     * @param lost called once, on another thread, when the link breaks without {@link Link#close}
     */
    Link open(MediaAddress relay, String roomId, FeedInfo feed, List<OutTrack> tracks, Consumer<String> lost)
            throws RefusedByRelay;

    /** The relay cannot be reached, is not the one of its node record, or refuses. The message is for people. */
    final class RefusedByRelay extends IOException {
        private static final long serialVersionUID = 1L;

        public RefusedByRelay(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Any threads may send. */
    interface Link extends AutoCloseable {
        /** One RTP packet or RTCP compound. It may wait for {@link #flush}. */
        void send(byte[] packet, int length) throws IOException;

        void flush() throws IOException;

        @Override
        void close();
    }
}
