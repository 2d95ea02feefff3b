package dev.parley.relay.transport;

import java.util.ArrayList;
import java.util.List;

/** The addresses and connections over which one client is reached, and the one in use. On the client's loop, but for {@link #selected}. */
final class ClientPaths {
    /** Addresses and connections that one client may have open; the one silent for longest gives way. */
    static final int PATHS_MAX = 8;

    private final ClientTransport owner;
    private final Loop loop;
    private final TransportSettings settings;
    private final TransportCounters counters;
    private final List<Path> paths = new ArrayList<>(2);
    private volatile Path selected;

    ClientPaths(ClientTransport owner, Loop loop, TransportSettings settings, TransportCounters counters) {
        this.owner = owner;
        this.loop = loop;
        this.settings = settings;
        this.counters = counters;
    }

    /** The path in use; null = none. Any thread. */
    Path selected() {
        return selected;
    }

    /** The path of an authentic check; null when its address is another transport's and in use. */
    Path of(AddressKey from, TcpPath via) {
        if (via != null) {
            if (via.owner == null) {
                via.owner = owner;
                add(via);
            }
            return via.owner == owner ? via : null;
        }
        UdpPath known = loop.table().byAddress(from);
        if (known != null && known.owner == owner) {
            return known;
        }
        if (known != null && known.owner.uses(known)) {
            return null;
        }
        UdpPath path = loop.udpPath(from.copy(), from.toInetSocketAddress(), owner);
        add(path);
        UdpPath before = loop.table().put(path);
        if (before != null) {
            ClientTransport loser = before.owner;
            loser.loop().execute(() -> loser.dropPath(before));
        }
        return path;
    }

    private void add(Path path) {
        if (paths.size() == PATHS_MAX) {
            Path oldest = null;
            for (Path one : paths) {
                if (one != selected && (oldest == null || one.lastCheckNs < oldest.lastCheckNs)) {
                    oldest = one;
                }
            }
            owner.dropPath(oldest);
        }
        path.lastCheckNs = loop.nowNs();
        paths.add(path);
    }

    /** Closes it, and takes the one last checked in its place if it was in use. False when it was not here. */
    boolean drop(Path path) {
        if (!paths.remove(path)) {
            return false;
        }
        forget(path);
        if (selected == path) {
            selected = null;
            for (Path one : paths) {
                if (selected == null || one.lastCheckNs > selected.lastCheckNs) {
                    selected = one;
                }
            }
        }
        return true;
    }

    private void forget(Path path) {
        if (path instanceof UdpPath udp) {
            loop.table().remove(udp);
        }
        path.close();
    }

    /** The pair that the client nominates; until it does, the first that works; and another one when the selected has gone silent. */
    void choose(Path path, boolean nominated) {
        Path before = selected;
        if (path == before) {
            return;
        }
        if (before == null || nominated || loop.nowNs() - before.lastCheckNs > settings.disconnectedMs() * 1_000_000) {
            selected = path;
            if (before != null) {
                counters.pathChanges++;
            }
        }
    }

    /** Closes all of them. */
    void close() {
        for (Path path : paths) {
            forget(path);
        }
        paths.clear();
        selected = null;
    }
}
