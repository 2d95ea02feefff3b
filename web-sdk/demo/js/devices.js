import { Emitter } from '/sdk/core/emitter.js';

/** @typedef {'audio' | 'video'} Kind */
/** @typedef {'refused' | 'none' | 'busy' | 'insecure'} Trouble */

/** @type {Record<Kind, string>} */
const STORED = { audio: 'parley.microphone', video: 'parley.camera' };

/**
 * My camera and microphone. A muted microphone stays open, so that unmuting is at once; a camera that is off is let go, so that its light goes out.
 *
 * @extends {Emitter<{changed: Kind}>}
 */
export class Devices extends Emitter {
  /** @type {Record<Kind, MediaStreamTrack | null>} */
  tracks = { audio: null, video: null };
  /** What I want, whether or not there is a device for it. @type {Record<Kind, boolean>} */
  wanted = { audio: true, video: true };
  /** Why there is no track. @type {Record<Kind, Trouble | null>} */
  trouble = { audio: null, video: null };
  /** Whether the browser is being asked. */
  asking = false;

  /** Asks for both; whatever is there is taken. */
  async start() {
    this.asking = true;
    this.#told('video');
    const both = await this.#open({ audio: true, video: true });
    if (typeof both === 'string') {
      for (const kind of /** @type {Kind[]} */ (['audio', 'video'])) await this.#take(kind);
    } else {
      this.#hold('audio', both.getAudioTracks()[0] ?? null);
      this.#hold('video', both.getVideoTracks()[0] ?? null);
    }
    this.asking = false;
    this.#told('audio');
    this.#told('video');
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#told('audio'));
  }

  /**
   * @param {Kind} kind
   * @param {boolean} on
   */
  async set(kind, on) {
    this.wanted[kind] = on;
    const track = this.tracks[kind];
    if (on && !track) await this.#take(kind);
    else if (!on && kind === 'video') this.#hold('video', null);
    else if (track) track.enabled = on;
    this.#told(kind);
  }

  /**
   * @param {Kind} kind
   * @param {string} deviceId
   */
  async choose(kind, deviceId) {
    localStorage.setItem(STORED[kind], deviceId);
    if (!this.wanted[kind]) return;
    this.tracks[kind]?.stop(); // some cameras open once only
    await this.#take(kind);
    this.#told(kind);
  }

  /**
   * @param {Kind} kind
   * @returns {Promise<MediaDeviceInfo[]>} labelled only after the browser has given leave
   */
  async list(kind) {
    const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    return all.filter((device) => device.kind === `${kind}input` && device.deviceId !== '');
  }

  /** @param {Kind} kind */
  chosen(kind) {
    return this.tracks[kind]?.getSettings().deviceId ?? localStorage.getItem(STORED[kind]) ?? '';
  }

  /** Whether others could see or hear this now. @param {Kind} kind */
  live(kind) {
    return this.wanted[kind] && this.tracks[kind] !== null;
  }

  /** A stream of what there is. */
  stream() {
    return new MediaStream([this.tracks.audio, this.tracks.video].filter((track) => track !== null));
  }

  stop() {
    this.#hold('audio', null);
    this.#hold('video', null);
  }

  /** @param {Kind} kind */
  async #take(kind) {
    const got = await this.#open({ [kind]: true });
    if (typeof got === 'string') {
      this.#hold(kind, null);
      this.trouble[kind] = got;
    } else {
      this.#hold(kind, got.getTracks()[0] ?? null);
    }
  }

  /**
   * @param {Kind} kind
   * @param {MediaStreamTrack | null} track
   */
  #hold(kind, track) {
    this.tracks[kind]?.stop();
    this.tracks[kind] = track;
    if (!track) return;
    this.trouble[kind] = null;
    track.enabled = this.wanted[kind];
    track.onended = () => {
      if (this.tracks[kind] !== track) return;
      this.tracks[kind] = null;
      this.trouble[kind] = 'none';
      this.#told(kind);
    };
  }

  /**
   * @param {{audio?: boolean, video?: boolean}} what
   * @returns {Promise<MediaStream | Trouble>}
   */
  async #open({ audio, video }) {
    if (!navigator.mediaDevices?.getUserMedia) return 'insecure';
    try {
      return await navigator.mediaDevices.getUserMedia({
        audio: audio && { deviceId: wish('audio'), echoCancellation: true, noiseSuppression: true, autoGainControl: true },
        video: video && { deviceId: wish('video'), width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
      });
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
      return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'none';
    }
  }

  /** @param {Kind} kind */
  #told(kind) {
    this.emit('changed', kind);
  }
}

/** @param {Kind} kind */
function wish(kind) {
  const kept = localStorage.getItem(STORED[kind]);
  return kept ? { ideal: kept } : undefined;
}

/** What to do about a device that is not there. @type {Record<Kind, Record<Trouble, import('./i18n.js').TextKey>>} */
const ADVICE = {
  audio: { refused: 'micRefused', none: 'micNone', busy: 'micBusy', insecure: 'insecure' },
  video: { refused: 'cameraRefused', none: 'cameraNone', busy: 'cameraBusy', insecure: 'insecure' },
};

/**
 * @param {Devices} devices
 * @param {Kind} kind
 * @returns {import('./i18n.js').TextKey | null} null when nothing is wrong
 */
export function adviceOn({ wanted, trouble }, kind) {
  const what = trouble[kind];
  return what && wanted[kind] ? ADVICE[kind][what] : null;
}

/** How loud a track is, measured here. */
export class Meter {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {AnalyserNode | null} */
  #analyser = null;
  /** @type {MediaStreamAudioSourceNode | null} */
  #source = null;
  #samples = new Float32Array(512);

  /** @param {MediaStreamTrack | null} track */
  watch(track) {
    this.#source?.disconnect();
    this.#source = null;
    if (!track) return;
    this.#context ??= new AudioContext();
    this.#analyser ??= new AnalyserNode(this.#context, { fftSize: this.#samples.length });
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
  }

  /** @returns {number} 0 to 1, as the ear counts: 60 dB is the whole way */
  level() {
    if (!this.#source || !this.#analyser) return 0;
    if (this.#context?.state === 'suspended') void this.#context.resume();
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    const decibels = 10 * Math.log10(sum / this.#samples.length + 1e-10);
    return Math.min(1, Math.max(0, (decibels + 60) / 50));
  }
}
