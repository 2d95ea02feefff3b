package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Cipher;

/** A page that uses McuController by its script tag, as the manual has it; the test stands for the business's server, which signs. */
final class McuPage {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final String HTML = """
            <!doctype html><meta charset="utf-8"><script src="/sdk/mcu/mcu.js"></script>
            <video id="own" width="320" height="180"></video><label id="ownSid"></label>
            <video id="v1"></video><audio id="a1"></audio><label id="s1"></label><label id="f1"></label>
            <video id="v2"></video><audio id="a2"></audio><label id="s2"></label><label id="f2"></label>
            <video id="v3"></video><audio id="a3"></audio><label id="s3"></label><label id="f3"></label>
            <div id="region" style="width:320px;height:180px;background:rgb(0,160,0)">text</div>""";
    /** Evaluated and not in the page: the server lets pages run no scripts but its own. */
    private static final String SCRIPT = """
            () => {
              window.heard = [];
              window.mcu = new McuController({ timeouts: { connect: 60, create: 60, join: 60, media: 60, record: 60 } }); // of a busy machine
              for (const name of Object.getOwnPropertyNames(McuController.prototype)) {
                if (/^On/.test(name)) mcu[name] = (...args) => heard.push([name, ...args.map((arg) =>
                  arg instanceof Blob ? { size: arg.size, type: arg.type } : arg instanceof AnalyserNode ? 'analyser' : arg)]);
              }
              mcu.OnGetSign = (bizName, subBiz, uid) => window.sign(bizName, subBiz, uid);
              // What the page opened: connections, in order, and what was asked of camera and microphone.
              window.connections = [];
              window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
                construct(target, args) {
                  const made = new target(...args);
                  connections.push(made);
                  return made;
                },
              });
              window.asked = [];
              const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
              navigator.mediaDevices.getUserMedia = (wanted) => (asked.push(wanted), own(wanted));
              // All statistics of the connections that are open, of one type.
              window.statistics = async (type) => {
                const open = connections.filter(({ connectionState }) => connectionState === 'connected');
                const reports = await Promise.all(open.map((each) => each.getStats()));
                return reports.map((report) => [...report.values()]).flatMap((all) => all.filter((one) => one.type === type)
                  .map((one) => ({ ...one, codec: all.find(({ id }) => id === one.codecId)?.mimeType,
                    local: all.find(({ id }) => id === one.localCandidateId) })));
              };
              // Whether what is received of one kind stands still while fifty packets of the other kind come: neither sound, but for noise, nor picture.
              window.isStill = async (kind) => {
                const both = async () => Object.fromEntries((await statistics('inbound-rtp')).map((one) => [one.kind, one]));
                const content = ({ totalAudioEnergy = 0, framesDecoded = 0 }) => (kind === 'audio' ? totalAudioEnergy : framesDecoded);
                const other = kind === 'audio' ? 'video' : 'audio';
                const before = await both();
                let now = before;
                const more = () => now[other].packetsReceived - before[other].packetsReceived;
                for (let looks = 0; more() < 50 && looks < 5_000; looks++) now = await both();
                return more() >= 50 && content(now[kind]) - content(before[kind]) < 0.001;
              };
              window.of = (name) => heard.filter(([one]) => one === name);
              // The picture of a video element: its mean colour and how many frames it has shown.
              window.look = (id) => {
                const video = document.getElementById(id);
                const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
                const context = canvas.getContext('2d');
                context.drawImage(video, 0, 0, 8, 8);
                const { data } = context.getImageData(0, 0, 8, 8);
                const mean = [0, 1, 2].map((i) => { let sum = 0; for (let p = i; p < data.length; p += 4) sum += data[p]; return sum / 64; });
                return { red: mean[0], green: mean[1], blue: mean[2], width: video.videoWidth, height: video.videoHeight,
                  frames: video.getVideoPlaybackQuality().totalVideoFrames };
              };
              // The strongest frequency in an element's sound; 0 in silence.
              const ears = {};
              window.listen = (id) => {
                const { srcObject } = document.getElementById(id);
                if (!srcObject) return { hz: 0 };
                if (!ears[id] || ears[id].stream !== srcObject) {
                  const audio = new AudioContext();
                  const analyser = Object.assign(audio.createAnalyser(), { fftSize: 4096, smoothingTimeConstant: 0 });
                  audio.createMediaStreamSource(srcObject).connect(analyser);
                  ears[id] = { stream: srcObject, analyser, rate: audio.sampleRate };
                }
                const { analyser, rate } = ears[id];
                const levels = new Float32Array(analyser.frequencyBinCount);
                analyser.getFloatFrequencyData(levels);
                const best = levels.reduce((at, level, i) => (level > levels[at] ? i : at), 0);
                return { hz: levels[best] > -60 ? (best * rate) / 4096 : 0 };
              };
            }""";

    final Person person;
    private final Suite suite;
    private final String bizName;
    private final String privateKey;

    /** @param privateKey of the application, Base64 of PKCS#8 */
    McuPage(Person person, Suite suite, String bizName, String privateKey) {
        this.person = person;
        this.suite = suite;
        this.bizName = bizName;
        this.privateKey = privateKey;
        person.page.exposeBinding("sign", (source, args) -> sign((String) args[0], (String) args[1], (String) args[2]));
    }

    /** MRTC section 2.2: bizName, appId, workspaceId, uid and the time of expiry, "encrypted" with the private key. */
    private String sign(String biz, String appId, String uid) {
        try {
            var key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
            var cipher = Cipher.getInstance("RSA");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            String text = biz + appId + "default" + uid + (System.currentTimeMillis() + 300_000);
            return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A fresh page with a connected controller; what the page did before is over. */
    void open(String uid) {
        // Any document of the server's: one that the test itself answers would count as of the open Internet, and may
        // not open a socket to loopback.
        person.page.navigate(URI.create(suite.web()).resolve("/v1/info").toString());
        person.page.setContent(HTML);
        person.page.evaluate(SCRIPT);
        call("Connect(" + connection(uid) + ")");
        await("OnConnectOK");
    }

    /** The parameter of Connect. */
    String connection(String uid) {
        return "{uid: '" + uid + "', room_server_url: '" + suite.web() + "', biz_name: '" + bizName
                + "', sub_biz: 'default'}";
    }

    /** Calls the controller: {@code call("Publish({...})")}. */
    void call(String javascript) {
        person.page.evaluate("() => { mcu." + javascript + "; }");
    }

    JsonNode evaluate(String javascript) {
        return person.evaluate(javascript);
    }

    /** Waits for the first callback of this name; gives its arguments. */
    JsonNode await(String callback) {
        return await(callback, 1);
    }

    /** Waits for the nth callback of this name, from 1; gives its name and arguments: 0 is the name. */
    JsonNode await(String callback, int nth) {
        until("of('" + callback + "').length >= " + nth);
        return evaluate("of('" + callback + "')[" + (nth - 1) + "]");
    }

    int count(String callback) {
        return evaluate("of('" + callback + "').length").asInt();
    }

    void until(String condition) {
        try {
            person.await(condition, LIMIT);
        } catch (IllegalStateException e) {
            throw new AssertionError(e.getMessage() + "; heard: " + evaluate("heard"), e);
        }
    }

    /** Waits until the element shows this colour, within 60 of 441. */
    void untilShows(String element, Picture colour) {
        until("(({red, green, blue}) => Math.hypot(red - " + colour.red() + ", green - " + colour.green() + ", blue - "
                + colour.blue() + ") < 60)(look('" + element + "'))");
    }

    /** Waits until the strongest tone of the element is this one. */
    void untilSounds(String element, int hz) {
        until("Math.abs(listen('" + element + "').hz - " + hz + ") < 30");
    }

    Page page() {
        return person.page;
    }
}
