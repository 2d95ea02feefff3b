package dev.parley.relay.domain;

/**
 * Keeps the VP8 picture ids and TL0PICIDX (RFC 7741 section 4.2) of one outgoing stream continuous while its sources change: the first picture of
 * a source gets the number after the newest sent, and the source keeps that shift, so that its stragglers and repairs get the same answer.
 */
final class PictureNumbers {
    private final int[] idShift;
    private final int[] baseShift;
    private boolean begun;
    private boolean fresh;
    private int newestId;
    private int newestBase;

    /** @param sources numbers from 0 to below this are used */
    PictureNumbers(int sources) {
        idShift = new int[sources];
        baseShift = new int[sources];
    }

    /** What is sent next is the first picture of this source, which has numbers of its own. */
    void begin(int source) {
        idShift[source] = baseShift[source] = 0;
        fresh = begun;
    }

    /** Decides about the newest source's packet. @param picture numbered; @param id picture id after pictures were left out */
    void onPacket(int source, Vp8Layers picture, int id) {
        int bits = picture.wide() ? 15 : 7;
        if (fresh) {
            fresh = false;
            idShift[source] = newestId + 1 - id;
            baseShift[source] = newestBase + 1 - Math.max(0, picture.baseIndex());
        }
        int out = id(source, picture, id);
        if (begun && (out - newestId) << 32 - bits <= 0) return;
        begun = true;
        newestId = out;
        if (picture.baseIndex() >= 0) newestBase = baseIndex(source, picture);
    }

    /** The picture id to send. */
    int id(int source, Vp8Layers picture, int id) {
        return id + idShift[source] & (picture.wide() ? 0x7FFF : 0x7F);
    }

    /** The TL0PICIDX to send; -1 when there is none. */
    int baseIndex(int source, Vp8Layers picture) {
        return picture.baseIndex() < 0 ? -1 : picture.baseIndex() + baseShift[source] & 0xFF;
    }
}
