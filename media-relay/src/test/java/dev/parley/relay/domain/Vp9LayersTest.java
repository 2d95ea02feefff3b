package dev.parley.relay.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Vp9LayersTest {
    private final Vp9Layers layers = new Vp9Layers();

    private static RtpPacket packet(String payload) {
        var packet = new RtpPacket();
        packet.wrap(Unpooled.wrappedBuffer(HexFormat.of().parseHex("806000010000000200000003" + payload)));
        return packet;
    }

    @Test
    void theFirstPacketOfAKeyPictureOfTwoLayersTellsAll() {
        // I L B V, picture 0x1234, TID 0 SID 0, TL0PICIDX 7, structure: 2 layers with sizes 320x180 and 640x360, then
        // the frame
        var first = packet("AA" + "9234" + "00" + "07" + "30" + "014000B4" + "02800168" + "8249");
        assertTrue(layers.wrap(first));
        assertEquals(0x1234, layers.pictureId());
        assertEquals(15, layers.pictureBits());
        assertEquals(0, layers.layer());
        assertTrue(layers.beginsKey());
        assertFalse(layers.endsFrame());
        assertTrue(KeyFrames.VP9.begins(first));
        var size = new PictureSize();
        size.read(KeyFrames.VP9, first);
        assertEquals(640, size.width());
        assertEquals(360, size.height());
    }

    @Test
    void theUpperLayerOfAKeyPictureBeginsNothing() {
        var upper = packet("AC" + "9234" + "03" + "07" + "8249"); // I L B E, SID 1, D
        assertTrue(layers.wrap(upper));
        assertEquals(1, layers.layer());
        assertFalse(layers.beginsKey());
        assertTrue(layers.endsFrame());
        assertFalse(KeyFrames.VP9.begins(upper));
    }

    @Test
    void aPredictedPictureBeginsNothing() {
        var inter = packet("EC" + "12" + "40" + "08" + "8249"); // I P L B E, 7 bits, TID 2
        assertTrue(layers.wrap(inter));
        assertEquals(0x12, layers.pictureId());
        assertEquals(7, layers.pictureBits());
        assertEquals(0, layers.layer());
        assertFalse(layers.beginsKey());
        assertFalse(KeyFrames.VP9.begins(inter));
    }

    @Test
    void aStreamWithoutLayersAndIdsIsAllBase() {
        var plain = packet("0C" + "8249");
        assertTrue(layers.wrap(plain));
        assertFalse(layers.numbered());
        assertEquals(0, layers.layer());
        assertTrue(KeyFrames.VP9.begins(plain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "A0", "8092", "A012", "A09234", "A01234", "2000", "A892", "A8923400"})
    void whatIsCutShortCountsAsBaseLayerAndBeginsNothing(String payload) {
        var cut = packet(payload);
        assertFalse(layers.wrap(cut));
        assertEquals(0, layers.layer());
        assertFalse(layers.numbered());
        assertFalse(layers.beginsKey());
        KeyFrames.VP9.begins(cut); // whatever it says, it stays within the packet
    }

    @Test
    void aStructureThatLiesAboutItsLengthChangesNoSize() {
        var size = new PictureSize();
        size.read(KeyFrames.VP9, packet("AA" + "9234" + "00" + "07" + "F0" + "014000B4"));
        assertEquals(0, size.width());
    }

    @Test
    void anAv1SequenceBeginsWithTheNewSequenceBit() {
        assertTrue(KeyFrames.AV1.begins(packet("180A0B")));
        assertFalse(KeyFrames.AV1.begins(packet("100A0B")));
        assertFalse(KeyFrames.AV1.begins(packet("")));
    }
}
