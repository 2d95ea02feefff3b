package dev.parley.e2e;

import java.time.Duration;

/**
 * What one person of a call of two really hears and sees of the other. A Web Audio graph follows the feed's MediaStream (a track that is taken out of it is
 * unplugged, one that is put into it is plugged in) and ends in a worklet, which counts silence in samples, by the clock of the sound itself; the picture is read
 * back from a video element. Needs a person with scripts of its own, and the {@code call} of {@link RelayCall}.
 */
final class FarSide {
    /** Each sends a picture of one colour, in which something moves, and a tone of one pitch. */
    record Sender(String colour, int hertz) {
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
              const ms = (samples) => (1000 * samples) / sampleRate;
              this.port.postMessage({ longestMs: ms(Math.max(this.quiet, this.longest)), quietMs: ms(this.quiet), loud: this.loud });
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

    private FarSide() {}

    /** From now on, {@code camera} is this. */
    static void send(Suite suite, Person person, Sender sender) {
        person.page.navigate(suite.web() + "v1/info");
        person.evaluate(sender.script());
    }

    /** Once the other's feed is received. */
    static void receive(Person person) {
        person.page.evaluate(RECEIVE, METER);
    }

    /** Waits until the other's picture is seen and the other's tone is heard. */
    static void await(Person person, Sender other, Duration limit) {
        person.await("call.colour() === '" + other.colour() + "'", limit);
        person.await("Math.abs(call.hertz() - " + other.hertz() + ") < 25", limit);
    }
}
