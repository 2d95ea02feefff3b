package dev.parley.relay.rooms;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.relay.domain.Outlet;
import dev.parley.relay.domain.UpTrack;
import dev.parley.relay.domain.Uplink;
import dev.parley.rtp.framed.Frames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** A feed that comes over framed RTP. {@link #deliver} from the one thread that reads the connection. */
public final class IngressFeed {
    /** What the hello said. */
    public record Terms(FeedInfo feed, List<UpTrack> tracks) {}

    /** Packets on their way to the loop; more makes the reader wait, and TCP the sender. */
    private static final int WAITING_MAX = 256;

    private final RunningRoom room;
    private final String id = "ingress-" + UUID.randomUUID();
    private final Uplink uplink;
    private final Semaphore waiting = new Semaphore(WAITING_MAX);

    /** On the room's loop. */
    IngressFeed(RunningRoom room, Terms terms, Outlet back) {
        this.room = room;
        this.uplink = room.openIngress(id, terms.feed(), terms.tracks(), back);
    }

    /** Copies one RTP packet or RTCP compound and hands it to the room. Waits while too many are on their way. False: the room is over. */
    public boolean deliver(ByteBuf packet) throws InterruptedException {
        if (room.closed()) return false;
        ByteBuf copy = PooledByteBufAllocator.DEFAULT.directBuffer(packet.readableBytes());
        copy.writeBytes(packet, packet.readerIndex(), packet.readableBytes());
        waiting.acquire();
        room.loop.execute(() -> {
            try {
                if (room.closed()) return;
                if (Frames.isRtcp(copy)) uplink.onRtcp(copy, room.loop.nowNs());
                else uplink.onRtp(copy, room.loop.nowNs());
                room.flush();
            } finally {
                copy.release();
                waiting.release();
            }
        });
        return true;
    }

    /** The connection is gone: so is the feed. */
    public void close() {
        room.loop.execute(() -> room.closeIngress(id));
    }
}
