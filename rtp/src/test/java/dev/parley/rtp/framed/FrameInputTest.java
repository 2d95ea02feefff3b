package dev.parley.rtp.framed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameInputTest {
    @Test
    void aLineAndThenFramesAreRead() throws IOException {
        var in = input("7b7d0a" + "0003" + "010203" + "0000" + "0001" + "ff");
        assertEquals("{}", in.readLine());
        assertEquals("010203", ByteBufUtil.hexDump(in.readPacket()));
        assertEquals(0, in.readPacket().readableBytes());
        assertEquals("ff", ByteBufUtil.hexDump(in.readPacket()));
        assertNull(in.readPacket());
    }

    @Test
    void aFrameCutShortIsAnEndOfFile() {
        assertThrows(EOFException.class, () -> input("00").readPacket());
        assertThrows(EOFException.class, () -> input("000301").readPacket());
        assertThrows(EOFException.class, () -> input("7b").readLine());
    }

    @Test
    void aLineWithoutEndIsGivenUp() {
        var bytes = "x".repeat(FrameInput.LINE_BYTES_MAX + 1).getBytes(StandardCharsets.US_ASCII);
        assertThrows(IOException.class, () -> new FrameInput(new ByteArrayInputStream(bytes)).readLine());
    }

    @Test
    void whatWasAppendedIsRead() throws IOException {
        var random = new SplittableRandom(1);
        ByteBuf stream = Unpooled.buffer();
        ByteBuf[] packets = new ByteBuf[50];
        for (int i = 0; i < packets.length; i++) {
            byte[] bytes = new byte[i == 7 ? Frames.PACKET_BYTES_MAX : random.nextInt(1500)];
            random.nextBytes(bytes);
            packets[i] = Unpooled.wrappedBuffer(bytes);
            Frames.append(stream, packets[i]);
            assertEquals(bytes.length, packets[i].readableBytes());
        }
        var in = new FrameInput(new ByteArrayInputStream(ByteBufUtil.getBytes(stream)));
        for (ByteBuf packet : packets) assertEquals(packet, in.readPacket());
        assertNull(in.readPacket());
    }

    private static FrameInput input(String hex) {
        return new FrameInput(new ByteArrayInputStream(ByteBufUtil.decodeHexDump(hex)));
    }
}
