package dev.parley.recorder.domain.timeline;

/** A packet on its way through sorter and depacketizer. {@code ticks}: unwrapped RTP timestamp. */
record MediaPacket(long ticks, boolean marker, byte[] payload) {}
