package dev.parley.relay.simulation;

import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpReader;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What simulated publishers send and hear. */
final class SimRtp {
    private SimRtp() {}

    /** 20 ms of sound of payload type 111. @param level of the audio level extension with id 1 (RFC 6464), voice bit included */
    static ByteBuf voice(int sequence, long ssrc, int level) {
        ByteBuf packet = Unpooled.buffer();
        RtpPacket.writeHeader(packet, 111, false, sequence & 0xFFFF, sequence * 960L, ssrc);
        packet.setByte(0, 0x90)
                .writeInt(0xBEDE0001)
                .writeByte(0x10)
                .writeByte(level)
                .writeShort(0);
        return packet.writeZero(60);
    }

    /** How many key frames a compound of RTCP asks for. */
    static int plis(ByteBuf compound) {
        var reader = new RtcpReader();
        var packet = new RtcpPacket();
        reader.wrap(compound);
        int plis = 0;
        while (reader.next(packet)) if (packet.kind() == RtcpPacket.Kind.PLI) plis++;
        return plis;
    }
}
