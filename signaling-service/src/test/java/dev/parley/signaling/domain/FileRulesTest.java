package dev.parley.signaling.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileRulesTest {
    static final FileLimits LIMITS =
            new FileLimits(1_000, List.of(), List.of(".exe", "text/html", "application/x-*"), 2, 60_000, 3_600_000);
    private static final RoomLimits ROOM = new RoomLimits(10, 2, 4, 1, 1, 5_000, LIMITS);

    private RoomState room = room();

    @Test
    void aFileIsOfferedToNobodyAndThenSentToAllOthersOnce() {
        Decision offered = accept(offer("p1", "f1", 0));
        assertEquals(List.of(), offered.events());
        Decision sent = accept(send("p1", "f1", Set.of(), 5));
        var logged = sent.events().getFirst();
        assertEquals(
                new RoomEvent.FileSent("f1", "p1", "ann", "a.txt", "text/plain", 10, "http://s3/f1", 99, 5),
                logged.event());
        assertFalse(logged.audience().includes("p1"));
        assertTrue(logged.audience().includes("p2"));
        assertEquals(ErrorCode.FILE_NOT_FOUND, refused(send("p1", "f1", Set.of(), 6)));
    }

    @Test
    void onlyWhoOfferedAFileSendsItAndOnlyToWhoIsThere() {
        accept(offer("p1", "f1", 0));
        assertEquals(ErrorCode.FILE_NOT_FOUND, refused(send("p2", "f1", Set.of(), 5)));
        assertEquals(ErrorCode.NOT_IN_ROOM, refused(send("p9", "f1", Set.of(), 5)));
        assertEquals(ErrorCode.NOT_IN_ROOM, refused(offer("p9", "f2", 5)));
        assertEquals(ErrorCode.PARTICIPANT_NOT_FOUND, refused(send("p1", "f1", Set.of("p9"), 5)));
        Decision sent = accept(send("p1", "f1", Set.of("p2"), 5));
        assertEquals(new Audience.Only(Set.of("p2")), sent.events().getFirst().audience());
    }

    @Test
    void offersEndWithTheirTimeAndWithTheirParticipant() {
        accept(offer("p1", "f1", 0));
        accept(offer("p1", "f2", 1));
        assertEquals(ErrorCode.ROOM_LIMIT, refused(offer("p1", "f3", 2)));
        accept(offer("p2", "f4", 2));
        assertEquals(ErrorCode.FILE_NOT_FOUND, refused(send("p1", "f1", Set.of(), LIMITS.offerMs())));
        accept(offer("p1", "f5", LIMITS.offerMs()));
        assertNull(room.participant("p1").offer("f1"));
        assertNotNull(room.participant("p1").offer("f2"));
        accept(new RoomCommand.Leave("p1", LeaveReason.LEFT, 3));
        accept(join("p1", "ann"));
        assertEquals(ErrorCode.FILE_NOT_FOUND, refused(send("p1", "f2", Set.of(), 4)));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, text/plain, a.txt, ''",
        "1001, text/plain, a.txt, TOO_LARGE",
        "0, text/plain, a.txt, BAD_REQUEST",
        "-1, text/plain, a.txt, BAD_REQUEST",
        "1, '', a, ''",
        "1, 'Text/Plain; charset=utf-8', a, ''",
        "1, nonsense, a, BAD_REQUEST",
        "1, 'text/plain\\r\\nSet-Cookie: a=b', a, BAD_REQUEST",
        "1, text/html, a, FILE_TYPE_REFUSED",
        "1, TEXT/HTML, a, FILE_TYPE_REFUSED",
        "1, application/x-sh, a, ''",
        "1, text/plain, Setup.EXE, FILE_TYPE_REFUSED",
        "1, text/plain, 'setup.exe. . ', FILE_TYPE_REFUSED",
        "1, text/plain, setup.e\\u202Exe, FILE_TYPE_REFUSED"
    })
    void sizeAndTypeAreLimited(long bytes, String type, String name, String error) {
        var offer = new RoomCommand.OfferFile("p1", "f", unescaped(name), unescaped(type), bytes, 0);
        Decision decision = RoomRules.decide(room, offer, ROOM);
        assertEquals(error, decision.refused() ? decision.refusal().name() : "", name + " " + type);
    }

    @Test
    void onlyWhatIsAllowedPassesWhereSomethingIsNamed() {
        var limits = new FileLimits(1, List.of("image/*", ".PDF"), List.of("image/svg+xml"), 1, 1_000, 1_000);
        assertTrue(limits.allows("a", "image/png"));
        assertTrue(limits.allows("a.pdf", "application/octet-stream"));
        assertFalse(limits.allows("a.svg", "image/svg+xml"));
        assertFalse(limits.allows("a.txt", "text/plain"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new FileLimits(1, List.of(), List.of(), 1, 1_000, 8 * 24 * 3_600_000L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report.pdf|report.pdf",
                "报告 Q3.pdf|报告 Q3.pdf",
                "../../etc/passwd|passwd",
                "C:\\Windows\\system32\\cmd.txt|cmd.txt",
                "photo\\u202Egnp.exe|photognp.exe",
                "a\\u0000b\\u001F\\u007Fc\\r\\nd|abcd",
                "say \"hi\"; x=y.txt|say _hi_; x=y.txt",
                "..|file",
                "...hidden|hidden",
                " . |file",
                "a/|file",
                "con?<>*:|con_____",
                "a\\u2028b\\u3000c|a b c",
                "half\\uD800pair|halfpair"
            })
    void aNameIsMadeSafe(String name, String safe) {
        assertEquals(safe, FileName.safe(unescaped(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "界", "😀"})
    void aLongNameKeepsItsEnding(String letter) {
        String safe = FileName.safe(letter.repeat(300) + ".tar.gz");
        assertEquals(80, safe.codePointCount(0, safe.length()));
        assertTrue(safe.endsWith(letter + ".gz"), safe);
        assertTrue(FileName.safe(letter.repeat(300)).endsWith(letter));
    }

    private static String unescaped(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\u", i)) {
                out.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else if (text.startsWith("\\r\\n", i)) {
                out.append("\r\n");
                i += 3;
            } else out.append(text.charAt(i));
        }
        return out.toString();
    }

    private static RoomCommand offer(String by, String fileId, long nowMs) {
        return new RoomCommand.OfferFile(by, fileId, "a.txt", "text/plain", 10, nowMs);
    }

    private static RoomCommand send(String by, String fileId, Set<String> to, long nowMs) {
        return new RoomCommand.SendFile(by, fileId, "http://s3/" + fileId, 99, to, nowMs);
    }

    private static RoomCommand join(String participantId, String uid) {
        var who = new Identity("demo", uid, uid, "", Role.GUEST, Set.of());
        return new RoomCommand.Join(who, participantId, ParticipantKind.MEMBER, "parley", "rt", "", Json.NULL, 1);
    }

    private RoomState room() {
        var info = new RoomInfo("room", "1", "rt", "demo", "app", "ws", "", "owner", RoomKind.VIDEO, 1);
        room = RoomRules.create(null, info, new RoomSettings("", 5, "", false, false, false, false), ROOM)
                .orThrow()
                .next();
        accept(join("p1", "ann"));
        accept(join("p2", "bob"));
        return room;
    }

    private Decision accept(RoomCommand command) {
        Decision decision = RoomRules.decide(room, command, ROOM).orThrow();
        room = decision.next();
        return decision;
    }

    private ErrorCode refused(RoomCommand command) {
        Decision decision = RoomRules.decide(room, command, ROOM);
        assertTrue(decision.refused(), command.toString());
        return decision.refusal();
    }
}
