package dev.parley.signaling.app;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.domain.FileLimits;
import dev.parley.signaling.domain.FileOffer;
import dev.parley.signaling.domain.Outcome;
import dev.parley.signaling.domain.Participant;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomLimits;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Documents;
import dev.parley.signaling.domain.port.FileStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Files that participants send each other (MRTC-FEA-31). The bytes go to the object store and back without passing through here; the room
 * carries the link.
 *
 * <p>An object's key begins with the hour of its offer, so that what nothing leads to any more goes hour by hour, whatever became of the
 * offer, the room or the copy that made it.
 */
@ApplicationScoped
public class FileService {
    static final String FOLDER = "shared/";
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuuMMddHH");

    private final RoomService rooms;
    private final FileStore store;
    private final FileLimits limits;
    private final Documents documents;
    private final Clock clock;

    FileService(RoomService rooms, FileStore store, RoomLimits limits, Documents documents, Clock clock) {
        this.rooms = rooms;
        this.store = store;
        this.limits = limits.files();
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * @param name        under which it will be saved
     * @param uploadUrl   takes exactly the announced bytes by one PUT
     * @param expiresAtMs until when that may begin
     */
    public record Offered(String fileId, String name, String contentType, String uploadUrl, long expiresAtMs) {}

    public record Sent(
            String fileId, String name, String contentType, long bytes, String url, long expiresAtMs, long seq) {}

    /** Errors: NOT_IN_ROOM, BAD_REQUEST, TOO_LARGE, FILE_TYPE_REFUSED, ROOM_LIMIT. */
    public Offered offer(String roomId, String by, String name, String contentType, long bytes, Step step) {
        String fileId = Ids.make("file");
        Outcome outcome = rooms.execute(
                roomId,
                new RoomCommand.OfferFile(by, fileId, name, contentType, bytes, clock.millis()),
                step.answering(decision ->
                        offered(roomId, decision.next().participant(by).offer(fileId))));
        return outcome.repeated() != null
                ? documents.read(outcome.repeated(), Offered.class)
                : offered(roomId, outcome.after().participant(by).offer(fileId));
    }

    private Offered offered(String roomId, FileOffer offer) {
        return new Offered(
                offer.fileId(),
                offer.name(),
                offer.contentType(),
                store.uploadUrl(key(roomId, offer), offer.bytes(), Duration.ofMillis(limits.uploadMs())),
                offer.offeredAtMs() + limits.uploadMs());
    }

    /** Errors: NOT_IN_ROOM, PARTICIPANT_NOT_FOUND, FILE_NOT_FOUND, FILE_NOT_UPLOADED, UNAVAILABLE. @param to empty = all others */
    public Sent send(String roomId, String by, String fileId, Set<String> to, Step step) {
        Participant sender = rooms.get(roomId).participant(by);
        FileOffer offer = sender == null ? null : sender.offer(fileId);
        long now = clock.millis();
        long expiresAtMs = now + limits.linkMs();
        String url = "";
        if (offer != null) {
            needBytes(roomId, offer);
            url = store.downloadUrl(key(roomId, offer), offer.name(), Duration.ofMillis(limits.linkMs()));
        }
        // Without an offer too: this may be the repetition of a request that has sent it.
        String link = url;
        Outcome outcome = rooms.execute(
                roomId,
                new RoomCommand.SendFile(by, fileId, link, expiresAtMs, to, now),
                step.answering(decision ->
                        sent(offer, link, expiresAtMs, decision.next().seq())));
        return outcome.repeated() != null
                ? documents.read(outcome.repeated(), Sent.class)
                : sent(offer, link, expiresAtMs, outcome.after().seq());
    }

    private static Sent sent(FileOffer offer, String url, long expiresAtMs, long seq) {
        return new Sent(offer.fileId(), offer.name(), offer.contentType(), offer.bytes(), url, expiresAtMs, seq);
    }

    private void needBytes(String roomId, FileOffer offer) {
        OptionalLong there = store.bytes(key(roomId, offer));
        if (there.isPresent() && there.getAsLong() == offer.bytes()) return;
        throw new RefusedException(
                ErrorCode.FILE_NOT_UPLOADED,
                there.isEmpty()
                        ? "Nothing has arrived."
                        : there.getAsLong() + " of " + offer.bytes() + " bytes have arrived.");
    }

    private static String key(String roomId, FileOffer offer) {
        String hour = HOUR.format(Instant.ofEpochMilli(offer.offeredAtMs()).atOffset(ZoneOffset.UTC));
        return FOLDER + hour + "/" + roomId + "/" + offer.fileId();
    }

    /** Deletes what nothing leads to any more. Several copies may do so at once. */
    public void forget(long nowMs) {
        for (String folder : store.folders(FOLDER)) {
            String hour = folder.substring(FOLDER.length(), folder.length() - 1);
            try {
                // Until the next hour offers were made in this one.
                long offeredUntilMs = LocalDateTime.parse(hour, HOUR)
                        .plusHours(1)
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
                if (offeredUntilMs + limits.keepMs() < nowMs) store.delete(folder);
            } catch (DateTimeParseException _) {
                // Not made here.
            }
        }
    }
}
