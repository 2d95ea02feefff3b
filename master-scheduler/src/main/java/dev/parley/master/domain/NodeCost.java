package dev.parley.master.domain;

import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which node gets the next room or task. A node that drains or is of another kind is out; of the rest the cheapest in this order:
 *
 * <ol>
 *   <li>load, in steps of {@link #LOAD_STEP}, with {@link #LOAD_PER_NEW} for each room that it was given since its load was measured: a
 *       burst must not pile up on the node that was idle a second ago;
 *   <li>rooms it holds, new ones counted: what tells nodes of about equal load apart;
 *   <li>a hash of node and subject: equal nodes share by chance, yet all copies of master agree.
 * </ol>
 *
 * A full node (load 1) is still chosen when there is no other. Pure.
 */
public final class NodeCost {
    /** Smaller differences of load are noise. */
    public static final double LOAD_STEP = 0.05;
    /** What a room that just came is taken to cost, until the node has measured it. */
    public static final double LOAD_PER_NEW = 0.01;

    /** @param newRooms rooms given to it that its {@code load} and {@code rooms} do not show yet */
    public record Candidate(NodeView node, int newRooms) {}

    private NodeCost() {}

    /** @param subject room or task id; only breaks ties */
    public static Optional<NodeView> choose(Collection<Candidate> candidates, NodeKind kind, String subject) {
        return candidates.stream()
                .filter(c -> c.node.kind() == kind && !c.node.draining())
                .min(order(subject))
                .map(Candidate::node);
    }

    static Comparator<Candidate> order(String subject) {
        return Comparator.comparingInt(NodeCost::loadSteps)
                .thenComparingLong(c -> (long) c.node.rooms() + c.newRooms)
                .thenComparingLong(c -> mix(c.node.nodeId(), subject))
                .thenComparing(c -> c.node.nodeId());
    }

    static int loadSteps(Candidate c) {
        double reported = c.node.load();
        double load = Double.isNaN(reported) ? 1 : Math.clamp(reported, 0, 1); // what cannot be is taken for full
        // A hair more, since 0.3 / 0.05 is a hair less than 6.
        return (int) Math.floor((load + c.newRooms * LOAD_PER_NEW) / LOAD_STEP + 1e-9);
    }

    /** 64-bit finalizer of SplitMix over the two texts' hashes. */
    private static long mix(String nodeId, String subject) {
        long z = ((long) nodeId.hashCode() << 32 | (subject.hashCode() & 0xFFFF_FFFFL)) + 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
