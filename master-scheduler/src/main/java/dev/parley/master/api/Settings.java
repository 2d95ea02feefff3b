package dev.parley.master.api;

import io.smallrye.config.ConfigMapping;

/** This service's own settings; an unknown one under the prefix stops the start. */
@ConfigMapping(prefix = "parley.master")
public interface Settings {
    /** Stable id of this copy; the source of its events. */
    String nodeId();
}
