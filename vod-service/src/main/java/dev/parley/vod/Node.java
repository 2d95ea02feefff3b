package dev.parley.vod;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Who this process is: the id stays, the boot id is new at every start. */
@ApplicationScoped
public class Node {
    private final String id;
    private final String bootId = UUID.randomUUID().toString();

    protected Node() { // for the proxy
        id = "";
    }

    @jakarta.inject.Inject
    Node(VodConfig config) {
        id = config.nodeId();
    }

    public String id() {
        return id;
    }

    public String bootId() {
        return bootId;
    }

    /** For CloudEvents: service and node. */
    public String source() {
        return "vod/" + id;
    }
}
