package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;

import dev.parley.rtp.packet.RtpPacket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * One video stream in a browser's receiver, in the manner of libwebrtc: gaps are asked for at once, then once a round trip, ten times at most; a
 * frame is shown when it and all before it since a key frame are there; after a second without a picture it asks for a key frame.
 */
final class SimReceiver {
    private static final int TRIES_MAX = 10;
    private static final long STUCK_NS = 1_000 * MS;

    private record Piece(
            int frame,
            boolean key,
            boolean starts,
            boolean last,
            boolean padding,
            long timestamp,
            long captureNs,
            int pictureId,
            int layer) {}

    private static final class Missing {
        int tries;
        long nextNs;
    }

    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    private final TreeMap<Long, Missing> missing = new TreeMap<>();
    private long highest = -1;
    private long next = -1;
    private long lastShownNs = -1;
    private long askedNs;
    private long firstNs;
    private long sinceReport;
    private long lostSinceReport;
    private int lastPictureId = -1;
    /** Every picture id follows the one before, key frames' too: nothing is lost for good on this line. */
    boolean strict;

    final int[] shownOfLayer = new int[4];
    final List<Integer> shown = new ArrayList<>();
    long longestGapNs;
    int unrepaired;
    int duplicates;
    int repaired;
    int losses;
    long lastTimestamp = -1;
    long lastCaptureNs;
    /** Largest difference between the steps of the RTP timestamps and of the captures, ticks. */
    long worstTimestampStep;

    /** @param sequence of the original packet; @param payload null for padding only */
    void onPacket(RtpPacket packet, int sequence, SimPayload payload, boolean resent, long nowNs) {
        if (highest < 0) firstNs = nowNs;
        if (!resent) sinceReport++;
        long extended = highest < 0 ? 0x10000L + sequence : highest + (short) (sequence - (int) highest);
        if (pieces.containsKey(extended) || next >= 0 && extended < next) {
            duplicates++;
            return;
        }
        if (missing.remove(extended) != null && resent) repaired++;
        for (long lost = highest + 1; highest >= 0 && lost < extended; lost++) {
            missing.put(lost, new Missing());
            losses++;
            lostSinceReport++;
        }
        highest = Math.max(highest, extended);
        pieces.put(
                extended,
                payload == null
                        ? new Piece(-1, false, false, false, true, 0, 0, 0, 0)
                        : new Piece(
                                payload.frame,
                                payload.key,
                                payload.starts,
                                packet.marker(),
                                false,
                                packet.timestamp(),
                                payload.captureNs,
                                payload.pictureId,
                                payload.layer));
        show(nowNs);
    }

    private void show(long nowNs) {
        while (showNext(nowNs)) {}
        if (next >= 0 && pieces.isEmpty()) return;
        for (var entry :
                pieces.tailMap(Math.max(0, next), true).entrySet()) { // a whole key frame: all before it is of no use
            if (entry.getValue().key
                    && entry.getValue().starts
                    && entry.getKey() != next
                    && whole(entry.getKey()) > 0) {
                next = entry.getKey();
                pieces.headMap(next).clear();
                unrepaired += missing.headMap(next).size();
                missing.headMap(next).clear();
                while (showNext(nowNs)) {}
                return;
            }
        }
    }

    /** Index after the frame that begins here, or -1. */
    private long whole(long from) {
        for (long at = from; ; at++) {
            Piece piece = pieces.get(at);
            if (piece == null) return -1;
            if (piece.last) return at + 1;
        }
    }

    private boolean showNext(long nowNs) {
        if (next < 0) return false;
        Piece first = pieces.get(next);
        if (first == null) return false;
        if (first.padding) {
            pieces.remove(next++);
            return true;
        }
        long after = whole(next);
        if (after < 0) return false;
        if (!first.starts) throw new AssertionError("frame " + first.frame + " does not begin with its first packet");
        for (long at = next; at < after; at++) {
            Piece piece = pieces.remove(at);
            if (piece.frame != first.frame || piece.timestamp != first.timestamp)
                throw new AssertionError("packets of frames " + first.frame + " and " + piece.frame + " are mixed");
        }
        next = after;
        if (lastPictureId >= 0 && (strict || !first.key) && (lastPictureId + 1 & 0x7FFF) != first.pictureId)
            throw new AssertionError("picture id " + first.pictureId + " after " + lastPictureId);
        lastPictureId = first.pictureId;
        shownOfLayer[first.layer]++;
        if (lastShownNs >= 0) longestGapNs = Math.max(longestGapNs, nowNs - lastShownNs);
        if (lastTimestamp >= 0) {
            int step = (int) (first.timestamp - lastTimestamp);
            if (Math.abs(step) > 10 * 90_000) throw new AssertionError("the timestamp jumps by " + step);
            long captured = (first.captureNs - lastCaptureNs) / 1_000 * 90_000 / 1_000_000;
            worstTimestampStep = Math.max(worstTimestampStep, Math.abs(step - captured));
            if (step <= 0) throw new AssertionError("the timestamp went back by " + -step + " at frame " + first.frame);
        }
        lastTimestamp = first.timestamp;
        lastCaptureNs = first.captureNs;
        lastShownNs = nowNs;
        shown.add(first.frame);
        return true;
    }

    /** Sequence numbers to ask for now, ascending. */
    List<Integer> due(long nowNs, long roundTripNs) {
        List<Integer> due = new ArrayList<>();
        for (Iterator<Missing> all = missing.values().iterator(); all.hasNext(); ) {
            if (all.next().tries == TRIES_MAX) all.remove();
        }
        missing.forEach((sequence, one) -> {
            if (nowNs < one.nextNs || next >= 0 && sequence < next) return;
            one.tries++;
            one.nextNs = nowNs + roundTripNs;
            due.add((int) (sequence & 0xFFFF));
        });
        return due;
    }

    boolean wantsKeyFrame(long nowNs) {
        if (pieces.isEmpty() || nowNs - Math.max(askedNs, Math.max(firstNs, lastShownNs)) < STUCK_NS) return false;
        askedNs = nowNs;
        return true;
    }

    /** Share lost since the last call, in 1/256. */
    int takeFractionLost() {
        long expected = sinceReport + lostSinceReport;
        int fraction = expected == 0 ? 0 : (int) Math.min(255, lostSinceReport * 256 / expected);
        sinceReport = lostSinceReport = 0;
        return fraction;
    }

    long highest() {
        return highest;
    }

    int stillMissing() {
        return missing.size();
    }
}
