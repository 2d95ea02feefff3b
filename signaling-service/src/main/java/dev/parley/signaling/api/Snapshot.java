package dev.parley.signaling.api;

import dev.parley.signaling.app.Settings;
import dev.parley.signaling.domain.Participant;
import dev.parley.signaling.domain.ParticipantView;
import dev.parley.signaling.domain.RoomState;
import java.util.ArrayList;
import java.util.List;

/** A whole room at one moment; see docs/protocol.md. {@code participantId}: the reader's own, "" over REST. */
public record Snapshot(
        String roomId,
        long seq,
        String participantId,
        String rtoken,
        Facts room,
        List<IceServer> iceServers,
        List<ParticipantView> participants,
        List<Subscription> subscriptions) {
    public record Facts(String name, int capacity, boolean locked, long startedAtMs, String recording) {}

    public record Subscription(String participantId, String feedId) {}

    /** RTCIceServer of the browsers. */
    public record IceServer(List<String> urls, String username, String credential) {
        public static List<IceServer> of(Settings settings) {
            return settings.iceServers()
                    .filter(urls -> !urls.isEmpty())
                    .map(urls -> List.of(new IceServer(
                            urls,
                            settings.iceUsername().orElse(null),
                            settings.iceCredential().orElse(null))))
                    .orElse(List.of());
        }
    }

    public static Snapshot of(RoomState room, String participantId, Settings settings) {
        var participants = new ArrayList<ParticipantView>();
        var subscriptions = new ArrayList<Subscription>();
        for (Participant p : room.participants().values()) {
            participants.add(ParticipantView.of(p));
            for (String feedId : p.subscriptions()) subscriptions.add(new Subscription(p.participantId(), feedId));
        }
        return new Snapshot(
                room.roomId(),
                room.seq(),
                participantId,
                room.info().rtoken(),
                new Facts(
                        room.settings().name(),
                        room.settings().capacity(),
                        room.settings().locked(),
                        room.startedAtMs(),
                        room.liveRecording()),
                IceServer.of(settings),
                participants,
                subscriptions);
    }
}
