package dev.parley.signaling.domain;

import dev.parley.contracts.ErrorCode;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;

/** Files that participants send each other: first offered, then, once their bytes are in the object store, told like a text. */
final class FileRules {
    private static final String ANY_BYTES = "application/octet-stream";
    /** RFC 6838, section 4.2. */
    private static final Pattern TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}");

    private FileRules() {}

    static Decision offer(RoomState room, RoomCommand.OfferFile c, FileLimits limits) {
        Participant p = room.participant(c.by());
        if (p == null) return Decision.refuse(room, ErrorCode.NOT_IN_ROOM);
        String name = FileName.safe(c.name());
        String type = type(c.contentType());
        if (type == null)
            return Decision.refuse(room, ErrorCode.BAD_REQUEST, "contentType is no media type such as image/png.");
        if (c.bytes() < 1) return Decision.refuse(room, ErrorCode.BAD_REQUEST, "The file is empty.");
        if (c.bytes() > limits.bytesMax())
            return Decision.refuse(room, ErrorCode.TOO_LARGE, "A file may have " + limits.bytesMax() + " bytes.");
        if (!limits.allows(name, type))
            return Decision.refuse(room, ErrorCode.FILE_TYPE_REFUSED, name + " is " + type + ".");
        var offers = new ArrayList<FileOffer>();
        for (FileOffer offer : p.offers()) if (stands(offer, limits, c.nowMs())) offers.add(offer);
        if (offers.size() >= limits.offersMax())
            return Decision.refuse(
                    room, ErrorCode.ROOM_LIMIT, limits.offersMax() + " files that you offered are not sent yet.");
        offers.add(new FileOffer(c.fileId(), name, type, c.bytes(), c.nowMs()));
        return Decision.keep(room.with(p.offering(offers)));
    }

    static Decision send(RoomState room, RoomCommand.SendFile c, FileLimits limits) {
        Participant p = room.participant(c.by());
        ErrorCode refusal = MessageRules.refusal(room, p, c.to());
        if (refusal != null) return Decision.refuse(room, refusal);
        FileOffer offer = p.offer(c.fileId());
        if (offer == null || !stands(offer, limits, c.nowMs())) return Decision.refuse(room, ErrorCode.FILE_NOT_FOUND);
        var others = new ArrayList<>(p.offers());
        others.remove(offer);
        return new Change(room.with(p.offering(others)))
                .log(
                        new RoomEvent.FileSent(
                                offer.fileId(),
                                c.by(),
                                p.uid(),
                                offer.name(),
                                offer.contentType(),
                                offer.bytes(),
                                c.url(),
                                c.expiresAtMs(),
                                c.nowMs()),
                        MessageRules.audience(c.by(), c.to()))
                .done();
    }

    private static boolean stands(FileOffer offer, FileLimits limits, long nowMs) {
        return nowMs < offer.offeredAtMs() + limits.offerMs();
    }

    /** Without parameters; null when it is none. */
    private static String type(String given) {
        String type = given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.isEmpty()) return ANY_BYTES;
        return TYPE.matcher(type).matches() ? type : null;
    }
}
