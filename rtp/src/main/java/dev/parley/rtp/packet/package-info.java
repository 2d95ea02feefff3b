/** RTP and RTCP packets as windows over a {@link io.netty.buffer.ByteBuf}: verdicts instead of exceptions, no allocation. */
package dev.parley.rtp.packet;
