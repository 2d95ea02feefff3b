package dev.parley.signaling.domain;

import dev.parley.contracts.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that is true of one room. Immutable; a value is one row of the store.
 *
 * @param seq          of the last event of the room's log; goes on when an ended room is created anew under the same id
 * @param startedAtMs  first entry, 0 before it
 * @param emptySinceMs since when nobody who counts is in it; 0 while somebody is
 * @param participants by participant id, in the order of joining
 * @param recordings   by record id, with those that ended lately
 * @param playbacks    by vod id
 */
public record RoomState(
        RoomInfo info,
        RoomSettings settings,
        Phase phase,
        long seq,
        long startedAtMs,
        long emptySinceMs,
        MediaPlace media,
        Map<String, Participant> participants,
        Map<String, Recording> recordings,
        Map<String, Playback> playbacks) {
    public RoomState {
        media = media == null ? MediaPlace.NOWHERE : media;
        participants = ordered(participants);
        recordings = ordered(recordings);
        playbacks = ordered(playbacks);
    }

    public String roomId() {
        return info.roomId();
    }

    public boolean ended() {
        return phase == Phase.ENDED;
    }

    /** Null when there is none. */
    public Participant participant(String participantId) {
        return participantId == null ? null : participants.get(participantId);
    }

    /** Who publishes this feed; null when nobody does. */
    public Participant publisherOf(String feedId) {
        for (Participant p : participants.values()) if (p.feed(feedId) != null) return p;
        return null;
    }

    public int headcount() {
        int count = 0;
        for (Participant p : participants.values()) if (p.kind().countsForCapacity()) count++;
        return count;
    }

    /** Id of the recording that is live, "" when none is. */
    public String liveRecording() {
        for (Recording r : recordings.values()) if (r.live() && !r.silent()) return r.recordId();
        return "";
    }

    public RoomState with(Participant p) {
        return withParticipants(put(participants, p.participantId(), p));
    }

    public RoomState without(String participantId) {
        var next = new LinkedHashMap<>(participants);
        next.remove(participantId);
        return withParticipants(next);
    }

    public RoomState with(Recording r) {
        return withRecordings(put(recordings, r.recordId(), r));
    }

    public RoomState with(Playback p) {
        return withPlaybacks(put(playbacks, p.vodId(), p));
    }

    public RoomState withoutPlayback(String vodId) {
        var next = new LinkedHashMap<>(playbacks);
        next.remove(vodId);
        return withPlaybacks(next);
    }

    public RoomState with(RoomSettings settings) {
        return new RoomState(
                info, settings, phase, seq, startedAtMs, emptySinceMs, media, participants, recordings, playbacks);
    }

    public RoomState with(MediaPlace media) {
        return new RoomState(
                info, settings, phase, seq, startedAtMs, emptySinceMs, media, participants, recordings, playbacks);
    }

    /** Why somebody may not stop, pause or resume a recording; null = he may. @param by participant, "" = over REST */
    public ErrorCode refusesControl(String by, String recordId) {
        Recording recording = recordings.get(recordId);
        if (recording == null) return ErrorCode.RECORDING_NOT_FOUND;
        Participant p = participant(by);
        if (!by.isEmpty() && p == null) return ErrorCode.NOT_IN_ROOM;
        if (p != null && !recording.starterId().equals(by) && !p.role().moderates()) return ErrorCode.NOT_ALLOWED;
        return recording.live() ? null : ErrorCode.RECORDING_ENDED;
    }

    public RoomState withPhase(Phase phase, long startedAtMs) {
        return new RoomState(
                info, settings, phase, seq, startedAtMs, emptySinceMs, media, participants, recordings, playbacks);
    }

    public RoomState withEmptySince(long emptySinceMs) {
        return new RoomState(
                info, settings, phase, seq, startedAtMs, emptySinceMs, media, participants, recordings, playbacks);
    }

    public RoomState withSeq(long seq) {
        return new RoomState(
                info, settings, phase, seq, startedAtMs, emptySinceMs, media, participants, recordings, playbacks);
    }

    private RoomState withParticipants(Map<String, Participant> participants) {
        return new RoomState(
                info, settings, phase, seq, startedAtMs, emptySinceMs, media, participants, recordings, playbacks);
    }

    private RoomState withRecordings(Map<String, Recording> recordings) {
        return new RoomState(
                info, settings, phase, seq, startedAtMs, emptySinceMs, media, participants, recordings, playbacks);
    }

    private RoomState withPlaybacks(Map<String, Playback> playbacks) {
        return new RoomState(
                info, settings, phase, seq, startedAtMs, emptySinceMs, media, participants, recordings, playbacks);
    }

    private static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
        var next = new LinkedHashMap<>(map);
        next.put(key, value);
        return next;
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
