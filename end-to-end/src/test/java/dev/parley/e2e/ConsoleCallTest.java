package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator.LocatorOptions;
import com.microsoft.playwright.Locator.WaitForOptions;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console beside a real call: somebody with a camera in one browser, an operator in another. */
@ExtendWith(RunningSuite.class)
class ConsoleCallTest {
    /** Would be markup, and run, if anything made markup of it. */
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @Test
    void anOperatorSeesACallMutesItWatchesItsRecordingAndEndsIt(Suite suite) throws Exception {
        try (BusinessServer business = new BusinessServer();
                Person alice = new Person(null, 800, 600, "en-US");
                Person operator = new Person(null, 1280, 900, "en-US")) {
            String bizName = suite.post(
                            "account",
                            "/v1/applications",
                            suite.adminToken(),
                            Map.of("name", "Call", "guestsAllowed", true, "callbackUrl", business.url()))
                    .path("application")
                    .path("bizName")
                    .asText();
            JsonNode room = suite.post(
                    "signaling",
                    "/v1/rooms",
                    suite.serviceToken(),
                    Map.of("name", "Room " + HOSTILE, "bizName", bizName));
            String roomId = room.path("roomId").asText();
            var call = new DemoPage(alice);
            call.join(
                    suite.web() + "?lang=en&room=" + roomId + "&biz=" + bizName + "#rtoken="
                            + room.path("rtoken").asText(),
                    "Alice " + HOSTILE);
            alice.await("window.parley.room.participants.length > 0", ConsolePage.LIMIT);

            var console = new ConsolePage(operator, suite);
            console.signIn("", "admin", ConsolePage.adminPassword(suite));
            seen(console, operator, roomId);
            muted(console, suite, roomId);
            recorded(console, operator, call, business);
            othersSeeNothing(console, operator, suite, roomId);
            console.signIn("", "admin", ConsolePage.adminPassword(suite));
            joinedAndEnded(console, operator, alice, roomId);
            assertEquals(0, operator.page.locator("img[src=x]").count(), "a name became markup");
            assertEquals(
                    List.of(),
                    operator.complaints().stream()
                            .filter(c -> !c.contains("Failed to load resource"))
                            .toList());
        }
    }

    private static void seen(ConsolePage console, Person operator, String roomId) {
        console.open("overview", "Overview");
        console.row("Room " + HOSTILE).waitFor();
        assertTrue(operator.page.locator("#tiles").innerText().contains("People in rooms"));
        console.open("nodes", "Media nodes");
        console.row("relay-1").getByText("In service").waitFor();
        console.row("relay-1").getByText("Drain").click();
        console.button("Cancel");
        console.open("rooms", "Rooms");
        console.row("Room " + HOSTILE).locator("a").click();
        console.row("Alice " + HOSTILE).getByText("bit/s").first().waitFor(); // measured by the relay
        assertTrue(operator.page.url().endsWith("#/rooms/" + roomId));
    }

    private static void muted(ConsolePage console, Suite suite, String roomId) throws Exception {
        console.row("Alice")
                .locator("button", new LocatorOptions().setHasText("Mute"))
                .click();
        console.row("Alice")
                .locator(".badge", new LocatorOptions().setHasText("Muted"))
                .waitFor();
        JsonNode feeds = suite.get("signaling", "/v1/rooms/" + roomId, suite.serviceToken())
                .path("participants")
                .path(0)
                .path("feeds");
        assertTrue(feeds.path(0).path("audioMuted").asBoolean(), feeds.toString());
    }

    private static void recorded(ConsolePage console, Person operator, DemoPage call, BusinessServer business)
            throws Exception {
        call.record(true);
        String recordId = call.recordingId();
        console.open("recordings", "Recordings");
        console.row(recordId).locator("a").first().click();
        operator.page.locator("#stop-recording").waitFor();
        call.record(false);
        var page = operator.page;
        page.locator("video.player").waitFor(new WaitForOptions().setTimeout(120_000));
        operator.await("document.querySelector('video.player').readyState >= 1", ConsolePage.LIMIT);
        assertTrue(operator.evaluate("document.querySelector('video.player').duration")
                        .asDouble()
                > 0);
        operator.evaluate("document.querySelector('video.player').currentTime = 0.2");
        page.click("#verify");
        console.says("exactly as they were made");
        var file = page.waitForDownload(() -> page.click("#download"));
        assertTrue(Files.size(file.path()) > 1_000);
        console.row("Acknowledged").waitFor();
        int told = business.received().size();
        String first = business.received().getFirst().path("bizRequestId").asText();
        console.row(first).locator("button").click();
        business.await(body -> business.received().size() > told, ConsolePage.LIMIT);
        assertEquals(
                2,
                business.received().stream()
                        .filter(b -> b.path("bizRequestId").asText().equals(first))
                        .count());
    }

    private static void othersSeeNothing(ConsolePage console, Person operator, Suite suite, String roomId)
            throws Exception {
        String company = "other-" + UUID.randomUUID().toString().substring(0, 8);
        String token = suite.adminToken();
        suite.post("account", "/v1/companies", token, Map.of("id", company));
        suite.post(
                "account",
                "/v1/companies/" + company + "/users",
                token,
                Map.of("account", "boss", "password", "correct horse 7", "level", 2, "name", "Boss"));
        console.signIn(company, "boss", "correct horse 7");
        assertEquals("[]", answer(operator, "rooms"));
        assertTrue(answer(operator, "rooms/" + roomId).contains("ROOM_NOT_FOUND"));
        assertTrue(answer(operator, "recordings").contains("BAD_REQUEST"));
        assertTrue(answer(operator, "recordings?bizName=demo").contains("APPLICATION_NOT_FOUND"));
        assertTrue(answer(operator, "nodes").contains("NOT_ALLOWED"));
    }

    private static String answer(Person operator, String path) {
        return operator.evaluate("fetch('/console/v1/console/" + path + "').then((r) => r.text())")
                .asText();
    }

    private static void joinedAndEnded(ConsolePage console, Person operator, Person alice, String roomId) {
        console.open("rooms/" + roomId, "Room ");
        Page joined = operator.page.context().waitForPage(() -> operator.page.click("#join-room"));
        joined.waitForURL("**room=" + roomId + "**");
        joined.close();
        console.row("Alice")
                .locator("button", new LocatorOptions().setHasText("Remove"))
                .click();
        console.submit("dialog form");
        alice.await("window.parley.room === null || window.parley.room.over", ConsolePage.LIMIT);
        operator.page.click("#end-room");
        console.submit("dialog form");
        console.says("This room is over.");
    }
}
