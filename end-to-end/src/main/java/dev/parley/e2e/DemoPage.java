package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** The demo page as a person uses it: by its fields and buttons. */
final class DemoPage {
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(60);
    private final Person person;

    DemoPage(Person person) {
        this.person = person;
    }

    /** Opens the lobby of an application ("" = the suite's own demo application) and starts a new room. Gives the invitation link. */
    String start(String web, String bizName, String name) {
        person.page.navigate(web + "?lang=en" + (bizName.isEmpty() ? "" : "&biz=" + bizName));
        enter(name, 0);
        return person.page.url();
    }

    /** Opens an invitation link and joins at once. */
    void join(String link, String name) {
        join(link, name, 0);
    }

    /** @param thinkMs how long to wait between typing the name and the click, as people do */
    void join(String link, String name, int thinkMs) {
        person.page.navigate(
                "about:blank"); // a link that differs in nothing or in its fragment alone would load no page
        person.page.navigate(link);
        enter(name, thinkMs);
    }

    /** By the button in the bar. */
    void leave() {
        person.page.click("[data-control=leave]");
        person.await("window.parley.room.over", JOIN_LIMIT);
    }

    /** Waits until nobody else is in the room. */
    void awaitAlone() {
        person.await("window.parley.room.participants.length === 1", JOIN_LIMIT);
    }

    private void enter(String name, int thinkMs) {
        person.await("document.querySelector('#preview').videoWidth > 0", JOIN_LIMIT);
        person.page.fill("#name", name);
        person.page.waitForTimeout(thinkMs);
        person.page.click("#join");
        person.await("window.parley.room", JOIN_LIMIT);
    }

    String roomId() {
        return person.evaluate("window.parley.room.roomId").asText();
    }

    JsonNode stats() {
        return person.evaluate("window.parley.stats()");
    }

    /** Waits until somebody else's first frame is on the screen; milliseconds from the click on Join. */
    int clickToFirstFrameMs() {
        person.await("window.parley.stats().then(s => s.clickToFirstFrameMs !== null)", JOIN_LIMIT);
        return stats().path("clickToFirstFrameMs").asInt();
    }

    /**
     * Starts or stops the recording by the button in the bar, and waits until the room says so; when starting, until the recorder has the first stream
     * (event code 0, MRTC section 3.3).
     */
    void record(boolean on) {
        if (on) {
            person.evaluate(
                    "(() => { window.heard = []; window.parley.room.on('recording', (news) => window.heard.push(news.eventCode)); })()");
        }
        person.page.click("[data-control=record]");
        if (on) {
            person.await("window.heard.includes(0)", JOIN_LIMIT);
        }
        person.await("(window.parley.room.model.room.recording !== '') === " + on, JOIN_LIMIT);
    }

    String recordingId() {
        return person.evaluate("window.parley.room.model.room.recording").asText();
    }

    /** Sum over all that is received. */
    Received received() {
        int frames = 0;
        long audioPackets = 0;
        double energy = 0;
        for (JsonNode feed : stats().path("received")) {
            frames += feed.path("video").path("framesDecoded").asInt();
            audioPackets += feed.path("audio").path("packets").asLong();
            energy += feed.path("audio").path("energy").asDouble();
        }
        return new Received(frames, audioPackets, energy);
    }

    /** @param energy grows with the loudness of what was played (W3C webrtc-stats totalAudioEnergy); 0 = silence */
    record Received(int framesDecoded, long audioPackets, double energy) {}
}
