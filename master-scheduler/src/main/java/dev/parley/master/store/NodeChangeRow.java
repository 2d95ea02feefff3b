package dev.parley.master.store;

import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeEvent;
import dev.parley.contracts.node.NodeKind;
import dev.parley.master.domain.NodeChange;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code node_change}: the outbox of {@code node.events}. */
@Entity
@Table(name = "node_change")
public class NodeChangeRow extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    @Enumerated(EnumType.STRING)
    public NodeChange.Type type;

    public String nodeId;
    public String bootId;

    @Enumerated(EnumType.STRING)
    public NodeKind kind;

    public String url;
    public String mediaHost;
    public Integer mediaPort;
    public String mediaFingerprint;
    public long createdAtMs;
    public boolean published;

    static NodeChangeRow of(NodeChange.Type type, NodeRow node, long wallMs) {
        var row = new NodeChangeRow();
        row.type = type;
        row.nodeId = node.nodeId;
        row.bootId = node.bootId;
        row.kind = node.kind;
        row.url = node.url;
        row.mediaHost = node.mediaHost;
        row.mediaPort = node.mediaPort;
        row.mediaFingerprint = node.mediaFingerprint;
        row.createdAtMs = wallMs;
        return row;
    }

    NodeChange change() {
        var media = mediaHost == null ? null : new MediaAddress(mediaHost, mediaPort, mediaFingerprint);
        return new NodeChange(id, type, new NodeEvent(nodeId, bootId, kind, url, media));
    }
}
