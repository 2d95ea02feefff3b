package dev.parley.relay;

import dev.parley.relay.transport.MediaIo;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Settings of the relay; README.md tells each with its unit. An unknown one under the prefix stops the start. */
@ConfigMapping(prefix = "parley.relay")
public interface RelaySettings {
    /** Stable id of this copy, at most 64 characters. */
    @WithDefault("relay-1")
    String nodeId();

    /** Base of the REST interface as other services reach it. */
    @WithDefault("http://127.0.0.1:7103")
    String url();

    /** Free text; equal texts are near. */
    @WithDefault("none")
    String region();

    /** Address that the media sockets listen on. */
    @WithDefault("127.0.0.1")
    String mediaBind();

    /** UDP and ICE-TCP; 0 = any free one. */
    @WithDefault("7110")
    int mediaPort();

    /** Addresses told to clients, most wanted first. */
    @WithDefault("127.0.0.1")
    List<String> announce();

    /** Event loops of media; each room belongs to one. */
    @WithDefault("1")
    int loops();

    /** Through what media comes and goes: auto, native, netty or nio (docs/relay-transport.md). */
    @WithDefault("auto")
    MediaIo mediaIo();

    /** Packets that the relay passes to itself after its start, to be fast when participants come; 0 = none. */
    @WithDefault("20000")
    int warmUpPackets();

    /** Address that tap and ingress listen on, and are told under. */
    @WithDefault("127.0.0.1")
    String tapHost();

    /** 0 = any free one. */
    @WithDefault("7111")
    int tapPort();

    /** Memory that one room's tap may keep for readers that come back, bytes. */
    @WithDefault("16777216")
    int tapBufferBytes();

    /** What a publisher may send at most, all its video together, bits per second. */
    @WithDefault("2500000")
    long maxBitrate();

    /** A room without transport, tap and ingress is closed after so many seconds. */
    @WithDefault("60")
    int roomIdleSeconds();

    /** Rooms at a time. */
    @WithDefault("2000")
    int roomsMax();
}
