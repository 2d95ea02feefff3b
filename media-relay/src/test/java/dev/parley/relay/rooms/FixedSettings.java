package dev.parley.relay.rooms;

import dev.parley.relay.RelaySettings;
import dev.parley.relay.transport.MediaIo;
import java.util.List;

/** Settings of a relay that a test wires by hand: loopback, any free port. */
record FixedSettings(int roomIdleSeconds, int roomsMax) implements RelaySettings {
    @Override
    public String nodeId() {
        return "relay-test";
    }

    @Override
    public String url() {
        return "http://127.0.0.1:1";
    }

    @Override
    public String region() {
        return "";
    }

    @Override
    public String mediaBind() {
        return "127.0.0.1";
    }

    @Override
    public int mediaPort() {
        return 0;
    }

    @Override
    public List<String> announce() {
        return List.of("127.0.0.1");
    }

    @Override
    public int loops() {
        return 1;
    }

    @Override
    public MediaIo mediaIo() {
        return MediaIo.AUTO;
    }

    @Override
    public int warmUpPackets() {
        return 0;
    }

    @Override
    public String tapHost() {
        return "127.0.0.1";
    }

    @Override
    public int tapPort() {
        return 0;
    }

    @Override
    public int tapBufferBytes() {
        return 16 << 20;
    }

    @Override
    public long maxBitrate() {
        return 2_500_000;
    }
}
