package dev.parley.relay.domain;

import static dev.parley.relay.domain.SpatialFilter.Verdict.KEPT;
import static dev.parley.relay.domain.SpatialFilter.Verdict.KEPT_LAST;
import static dev.parley.relay.domain.SpatialFilter.Verdict.LEFT_OUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.relay.domain.SpatialFilter.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** Pictures of three layers, each layer's frame in one packet. */
class SpatialFilterTest {
    private final SpatialFilter filter = new SpatialFilter();
    private final Vp9Layers layers = new Vp9Layers();

    private Verdict packet(int picture, boolean key, int layer) {
        ByteBuf buf = Unpooled.buffer();
        buf.writeByte(0xAC | (key ? 0 : 0x40))
                .writeShort(0x8000 | picture & 0x7FFF)
                .writeByte(layer << 1)
                .writeByte(0);
        layers.wrap(buf.writeByte(1), 0, buf.writerIndex());
        return filter.onPacket(layers);
    }

    private void assertPicture(int picture, boolean key, Verdict... expected) {
        for (int layer = 0; layer < expected.length; layer++)
            assertEquals(expected[layer], packet(picture, key, layer), "picture " + picture + " layer " + layer);
    }

    @Test
    void layersAreLeftFromTheNextPictureOnAndTakenUpAgainWithAKeyPicture() {
        assertPicture(0x7FFE, true, KEPT, KEPT, KEPT);
        assertFalse(filter.target(1), "less is had at once");
        assertPicture(0x7FFF, false, KEPT, KEPT_LAST, LEFT_OUT);
        assertPicture(0, false, KEPT, KEPT_LAST, LEFT_OUT);
        assertTrue(filter.target(2), "more needs a key picture");
        assertPicture(1, false, KEPT, KEPT_LAST, LEFT_OUT);
        assertPicture(2, true, KEPT, KEPT, KEPT_LAST);
        filter.target(0);
        assertPicture(3, false, KEPT_LAST, LEFT_OUT, LEFT_OUT);
    }

    @Test
    void aPictureIsNotCutInTheMiddleAndItsRepairsGetTheSameAnswer() {
        assertEquals(KEPT, packet(10, true, 0));
        filter.target(0);
        assertEquals(KEPT, packet(10, true, 1));
        assertEquals(KEPT_LAST, packet(11, false, 0));
        assertEquals(KEPT, packet(10, true, 2), "a straggler");
        filter.target(2);
        assertEquals(KEPT, packet(12, true, 0));
        assertEquals(LEFT_OUT, packet(11, false, 1), "a straggler of a picture that went out small");
    }
}
