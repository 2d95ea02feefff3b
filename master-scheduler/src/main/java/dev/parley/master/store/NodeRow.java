package dev.parley.master.store;

import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.contracts.node.NodeKind;
import dev.parley.master.domain.KnownNode;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code node}. */
@Entity
@Table(name = "node")
public class NodeRow extends PanacheEntityBase {
    @Id
    public String nodeId;

    public String bootId;

    @Enumerated(EnumType.STRING)
    public NodeKind kind;

    public String url;
    public String mediaHost;
    public Integer mediaPort;
    public String mediaFingerprint;
    public String region;
    public boolean alive;
    public boolean draining;
    public long joinedAtMs;
    public long lostAtMs;

    /** Takes over a boot that has joined. */
    void join(NodeHeartbeat beat, long wallMs) {
        if (!beat.bootId().equals(bootId)) draining = false;
        bootId = beat.bootId();
        kind = beat.kind();
        url = beat.url();
        mediaHost = beat.media() == null ? null : beat.media().host();
        mediaPort = beat.media() == null ? null : beat.media().port();
        mediaFingerprint = beat.media() == null ? null : beat.media().fingerprint();
        region = beat.region() == null ? "" : beat.region();
        alive = true;
        joinedAtMs = wallMs;
    }

    MediaAddress media() {
        return mediaHost == null ? null : new MediaAddress(mediaHost, mediaPort, mediaFingerprint);
    }

    KnownNode known() {
        return new KnownNode(nodeId, bootId, kind, url, media(), region, alive, draining, joinedAtMs);
    }
}
