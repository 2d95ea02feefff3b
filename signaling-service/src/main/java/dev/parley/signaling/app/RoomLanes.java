package dev.parley.signaling.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Runs work for rooms on virtual threads: that of one room in order, that of different rooms at the same time. Thread-safe. */
@ApplicationScoped
public class RoomLanes {
    private static final Logger LOG = Logger.getLogger(RoomLanes.class);
    private final Map<String, ArrayDeque<Runnable>> lanes = new HashMap<>();

    public void submit(String roomId, Runnable work) {
        synchronized (lanes) {
            ArrayDeque<Runnable> lane = lanes.get(roomId);
            if (lane != null) {
                lane.add(work);
                return;
            }
            lane = new ArrayDeque<>();
            lane.add(work);
            lanes.put(roomId, lane);
        }
        Thread.ofVirtual().name("room-" + roomId).start(() -> drain(roomId));
    }

    private void drain(String roomId) {
        while (true) {
            Runnable work;
            synchronized (lanes) {
                work = lanes.get(roomId).poll();
                if (work == null) {
                    lanes.remove(roomId);
                    return;
                }
            }
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warnf(e, "work for room %s failed", roomId);
            }
        }
    }
}
