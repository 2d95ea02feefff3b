package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The relay that carries a call is drained. What is measured is what a listener hears: a Web Audio graph that follows the feed's MediaStream (a track that is taken
 * out of it is unplugged, one that is put into it is plugged in) ends in a worklet, which counts silence in samples, by the clock of the sound itself.
 */
@ExtendWith(RunningSuite.class)
class RelayDrainsTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String RELAY = "relay-drained";

    /** Each sends a picture of one colour, in which something moves, and a tone of one pitch. */
    private record Sender(String colour, int hertz) {
        String script() {
            return String.format(SEND, colour, hertz);
        }
    }

    private static final String SEND = """
        (async () => {
          globalThis.audio = new AudioContext();
          const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
          const pen = canvas.getContext('2d');
          let at = 0;
          setInterval(() => {
            pen.fillStyle = '%1$s';
            pen.fillRect(0, 0, 320, 240);
            pen.fillStyle = 'white';
            pen.fillRect(at++ %% 300, 200, 20, 20);
          }, 60);
          const tone = new OscillatorNode(audio, { frequency: %2$d });
          const out = new MediaStreamAudioDestinationNode(audio);
          tone.connect(out);
          tone.start();
          globalThis.camera = new MediaStream([...out.stream.getTracks(), ...canvas.captureStream(15).getTracks()]);
          await audio.resume();
        })()
        """;

    /** Runs on the browser's audio thread: counts blocks of 128 samples with sound in them, and the longest silence since the last reset. */
    private static final String METER = """
        registerProcessor('meter', class extends AudioWorkletProcessor {
          quiet = 0; longest = 0; loud = 0;
          constructor() {
            super();
            this.port.onmessage = ({ data }) => {
              if (data === 'reset') this.longest = this.quiet = this.loud = 0;
              this.port.postMessage({ longestMs: (1000 * Math.max(this.quiet, this.longest)) / sampleRate, loud: this.loud });
            };
          }
          process(inputs) {
            const isLoud = inputs.some(([x]) => x && x.reduce((sum, v) => sum + v * v, 0) / x.length > 1e-4);
            if (isLoud) { this.loud++; this.longest = Math.max(this.longest, this.quiet); this.quiet = 0; }
            else this.quiet += 128;
            return true;
          }
        });
        """;

    /** Hears and sees the other's feed. {@code changes}: for each sound track that was taken out of the stream, whether it still lived then. */
    private static final String RECEIVE = """
        (async (meterScript) => {
          await audio.audioWorklet.addModule(URL.createObjectURL(new Blob([meterScript], { type: 'text/javascript' })));
          const meter = new AudioWorkletNode(audio, 'meter', { numberOfInputs: 1 });
          const pitch = new AnalyserNode(audio, { fftSize: 4096 });
          const nowhere = new GainNode(audio, { gain: 0 });
          meter.connect(nowhere).connect(audio.destination);
          pitch.connect(nowhere);
          const plugged = new Map();
          const plug = (track) => {
            const stream = new MediaStream([track]);
            const element = Object.assign(new Audio(), { srcObject: stream, muted: true }); // else Chromium does not pull the sound
            void element.play();
            const source = audio.createMediaStreamSource(stream);
            source.connect(meter);
            source.connect(pitch);
            plugged.set(track, { source, element });
          };
          const feedId = call.room.participants.find((p) => p.participantId !== call.room.me.participantId).feeds[0].feedId;
          const stream = call.room.media.stream(feedId);
          const changes = [];
          const [add, remove] = [stream.addTrack.bind(stream), stream.removeTrack.bind(stream)];
          stream.removeTrack = (track) => {
            if (track.kind === 'audio') {
              changes.push(track.readyState === 'live');
              plugged.get(track).source.disconnect();
            }
            remove(track);
          };
          stream.addTrack = (track) => {
            if (track.kind === 'audio' && !plugged.has(track)) plug(track);
            add(track);
          };
          stream.getAudioTracks().forEach(plug);
          const video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true });
          void video.play();
          const look = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
          call.heard = (order) => new Promise((resolve) => {
            meter.port.onmessage = ({ data }) => resolve({ ...data, changes });
            meter.port.postMessage(order ?? '');
          });
          call.hertz = () => {
            const levels = new Float32Array(pitch.frequencyBinCount);
            pitch.getFloatFrequencyData(levels);
            return (levels.indexOf(Math.max(...levels)) * audio.sampleRate) / pitch.fftSize;
          };
          call.colour = () => {
            look.drawImage(video, 0, 0, 160, 120, 0, 0, 1, 1);
            const [r, g, b] = look.getImageData(0, 0, 1, 1).data;
            return r > 2 * b ? 'red' : b > 2 * r ? 'blue' : `${r} ${g} ${b}`;
          };
        })
        """;

    @Test
    void aDrainedRelaysCallMovesWithoutAHole(Suite suite) throws Exception {
        var alicesSending = new Sender("red", 440);
        var bobsSending = new Sender("blue", 880);
        try (Person alice = new Person(null, 640, 480, "en-US", true);
                Person bob = new Person(null, 640, 480, "en-US", true);
                SecondCopy spare = RelayCall.relay(suite, RELAY)) {
            prepare(suite, alice, alicesSending);
            prepare(suite, bob, bobsSending);
            String roomId = RelayCall.meetOn(suite, alice, bob, RELAY, LIMIT);
            for (Person person : List.of(alice, bob)) {
                person.page.evaluate(RECEIVE, METER);
                person.await("call.heard().then((h) => h.loud > 200)", LIMIT);
                person.evaluate("call.heard('reset')");
            }
            JsonNode drained = suite.post("master", "/v1/nodes/" + RELAY + ":drain", suite.serviceToken(), Map.of());
            assertTrue(drained.path("others").asInt() > 0, drained.toString());

            double worstMs = Math.max(movedHole(alice, bobsSending), movedHole(bob, alicesSending));
            System.out.printf("relay drained: longest hole in what two listeners heard %.0f ms%n", worstMs);
            assertEquals(2, RelayCall.place(suite, roomId).path("generation").asInt());
            suite.awaitGone(spare.url() + "/v1/rooms/" + roomId + "/stats", suite.serviceToken(), LIMIT);
            spare.kill(); // what flows now does not need it
            for (Person person : List.of(alice, bob)) {
                int frames = person.evaluate("call.frames()").asInt();
                person.await("call.frames().then((n) => n > " + (frames + 30) + ")", LIMIT);
            }
            JsonNode there = suite.get("relay", "/v1/rooms/" + roomId + "/stats", suite.serviceToken());
            assertEquals(2, there.path("feeds").size());
            for (Person person : List.of(alice, bob)) person.evaluate("call.leave()");
        }
    }

    private static void prepare(Suite suite, Person person, Sender sender) {
        person.page.navigate(suite.web() + "v1/info");
        person.evaluate(sender.script());
    }

    /** Waits until this listener has the other's sound and picture from the new place; the longest silence in between, milliseconds. */
    private static double movedHole(Person person, Sender other) {
        person.await("call.heard().then((h) => h.changes.length > 0)", LIMIT);
        int loud = person.evaluate("call.heard()").path("loud").asInt();
        person.await("call.heard().then((h) => h.loud > " + (loud + 400) + ")", LIMIT);
        JsonNode heard = person.evaluate("call.heard()");
        assertEquals("[true]", heard.path("changes").toString(), "the old place went on until the new one flowed");
        person.await("call.frames().then((n) => n > 20)", LIMIT);
        person.await("call.colour() === '" + other.colour() + "'", LIMIT);
        person.await("Math.abs(call.hertz() - " + other.hertz() + ") < 25", LIMIT);
        assertEquals(2, person.evaluate("call.room.participants.length").asInt(), "nobody left");
        assertEquals("connected", person.evaluate("call.room.media.state.down").asText());
        return heard.path("longestMs").asDouble();
    }
}
