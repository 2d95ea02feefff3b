package dev.parley.relay.domain;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.FeedQuality;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.QualitySignal;

/**
 * Says when the network of a publisher becomes weak for one of his feeds. Judged is what tells of the network, not of the scene: a rate counts against a
 * camera only, in one size or with all its sizes wanted; a voice needs little while it is silent, so its rate counts only where packets are missing
 * as well. Where nothing comes, or all is muted, nothing is judged.
 */
final class FeedWatch {
    private static final double SOME_LOSS = 0.05;

    private final RelayRoom room;
    private final QualityAlarm alarm = new QualityAlarm();

    FeedWatch(RelayRoom room) {
        this.room = room;
    }

    /** After the tracks' meters have rolled. */
    void look(Feed feed, long nowNs) {
        Track video = heard(feed.track(MediaKind.VIDEO));
        Track audio = heard(feed.track(MediaKind.AUDIO));
        Track main = video != null ? video : audio;
        if (main == null) {
            alarm.unknown();
            return;
        }
        long bits = (video == null ? 0 : video.meter.bits()) + (audio == null ? 0 : audio.meter.bits());
        boolean counts = video != null
                ? feed.info().source().equals("camera") && video.allSizesWanted()
                : audio.meter.loss() >= SOME_LOSS;
        double mos = audio != null ? audio.meter.mos() : video.meter.mos();
        boolean bad = mos < QualityAlarm.MOS_WEAK
                || counts && bits < (video != null ? QualityAlarm.VIDEO_WEAK : QualityAlarm.AUDIO_WEAK);
        boolean good = mos >= QualityAlarm.MOS_WELL
                && (!counts || bits >= (video != null ? QualityAlarm.VIDEO_WELL : QualityAlarm.AUDIO_WELL));
        if (!alarm.judge(bad, good, nowNs)) return;
        FeedInfo info = feed.info();
        FeedQuality of = main.meter.quality(video != null);
        var told = new FeedQuality(bits, of.loss(), of.jitterMs(), 0, of.fps(), of.width(), of.height(), mos);
        room.signals()
                .onQuality(new QualitySignal(
                        room.roomId(), info.participantId(), info.feedId(), main.kind(), "", alarm.weak(), told));
    }

    private static Track heard(Track track) {
        return track == null || track.muted() || track.source() == null || track.meter.bits() == 0 ? null : track;
    }

    boolean weak() {
        return alarm.weak();
    }
}
