/**
 * A browser's devices and media for tests of what McuController makes of them: which device is asked for, what it answers, when a track ends, whether a connection comes
 * up. It shows no pictures and carries no sound: what a picture looks like is proved in Chromium, by the end-to-end tests.
 */

/** A device that can be plugged and pulled. */
export const CAMERA = { kind: 'videoinput', deviceId: 'cam1', label: 'Camera' };
export const MICROPHONE = { kind: 'audioinput', deviceId: 'mic1', label: 'Microphone' };

class Track extends EventTarget {
  readyState = 'live';
  enabled = true;

  /**
   * @param {string} kind
   * @param {string} label
   * @param {string} [deviceId]
   */
  constructor(kind, label, deviceId = '') {
    super();
    Object.assign(this, { kind, label, deviceId, id: `${label}-${Math.random()}` });
  }

  stop() {
    this.readyState = 'ended'; // without an event, as in a browser
  }

  /** The device is gone, or the person has ended it. */
  end() {
    if (this.readyState === 'ended') return;
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  getSettings() {
    return { deviceId: /** @type {any} */ (this).deviceId };
  }
}

class Stream {
  #tracks;

  /** @param {any[]} [tracks] */
  constructor(tracks = []) {
    this.#tracks = [...tracks];
  }

  getTracks() {
    return [...this.#tracks];
  }

  getAudioTracks() {
    return this.#tracks.filter(({ kind }) => kind === 'audio');
  }

  getVideoTracks() {
    return this.#tracks.filter(({ kind }) => kind === 'video');
  }

  /** @param {any} track */
  addTrack(track) {
    if (!this.#tracks.includes(track)) this.#tracks.push(track);
  }

  /** @param {any} track */
  removeTrack(track) {
    this.#tracks = this.#tracks.filter((one) => one !== track);
  }
}

class Sender {
  #parameters = { encodings: [{}] };

  /** @param {any} track */
  constructor(track) {
    this.track = track;
  }

  /** @param {any} track */
  async replaceTrack(track) {
    this.track = track;
  }

  getParameters() {
    return structuredClone(this.#parameters);
  }

  /** @param {any} parameters */
  async setParameters(parameters) {
    this.#parameters = parameters;
  }

  static getCapabilities() {
    return { codecs: [] };
  }
}

/** @param {FakeBrowser} browser */
const connectionOf = (browser) =>
  class extends EventTarget {
    signalingState = 'stable';
    connectionState = 'new';
    localDescription = /** @type {any} */ (null);
    onconnectionstatechange = /** @type {(() => void) | null} */ (null);
    #transceivers = /** @type {any[]} */ ([]);

    constructor() {
      super();
      browser.connections.push(this);
    }

    restartIce() {}

    /**
     * @param {any} trackOrKind
     * @param {any} options
     */
    addTransceiver(trackOrKind, { direction }) {
      const track = typeof trackOrKind === 'string' ? null : trackOrKind;
      const kind = track?.kind ?? trackOrKind;
      const receiver = { track: new Track(kind, 'received'), getStats: async () => new Map(), getSynchronizationSources: () => [] };
      const transceiver = { mid: null, direction, sender: new Sender(track), receiver, stop() {}, setCodecPreferences() {} };
      this.#transceivers.push(transceiver);
      return transceiver;
    }

    getSenders() {
      return this.#transceivers.map(({ sender }) => sender);
    }

    async getStats() {
      return new Map();
    }

    /** @param {any} [description] */
    async setLocalDescription(description) {
      if (description?.type === 'rollback') {
        this.signalingState = 'stable';
        return;
      }
      this.#transceivers.forEach((one, i) => (one.mid = String(i)));
      this.localDescription = { type: 'offer', sdp: 'v=0' };
      this.signalingState = 'have-local-offer';
    }

    async setRemoteDescription() {
      this.signalingState = 'stable';
      if (browser.connects && this.connectionState !== 'connected') queueMicrotask(() => this.become('connected'));
    }

    /** @param {string} state */
    become(state) {
      if (this.connectionState === 'closed') return;
      this.connectionState = state;
      this.onconnectionstatechange?.();
    }

    close() {
      this.connectionState = this.signalingState = 'closed';
    }
  };

/** @param {FakeBrowser} browser */
const recorderOf = (browser) =>
  class {
    state = 'inactive';
    ondataavailable = /** @type {any} */ (null);
    onstop = /** @type {any} */ (null);

    /**
     * @param {any} stream
     * @param {any} options
     */
    constructor(stream, { mimeType }) {
      Object.assign(this, { stream, mimeType });
      browser.recorders.push(this);
    }

    static isTypeSupported() {
      return true;
    }

    start() {
      this.state = 'recording';
    }

    pause() {
      this.state = 'paused';
    }

    resume() {
      this.state = 'recording';
    }

    stop() {
      this.state = 'inactive';
      queueMicrotask(() => {
        this.ondataavailable?.({ data: new Blob(['film']) });
        this.onstop?.();
      });
    }
  };

class Sound {
  createMediaStreamDestination() {
    return { stream: new Stream([new Track('audio', 'mixed')]) };
  }

  createMediaStreamSource() {
    return { connect() {} };
  }

  createAnalyser() {
    return {};
  }

  async close() {}
}

/** What a test plugs, pulls, refuses and looks at. */
export class FakeBrowser {
  /** @type {any[]} */
  devices = [CAMERA, MICROPHONE];
  /** @type {Set<string>} deviceIds that another program has, or that the person does not allow */
  busy = new Set();
  /** Whether media connections come up. */
  connects = true;
  /** @type {any[]} what getUserMedia was asked, in order */
  asked = [];
  /** @type {any[]} */
  connections = [];
  /** @type {any[]} */
  recorders = [];
  /** @type {string[]} what the person was shown */
  alerts = [];
  /** @type {{name: string, blob: Blob}[]} */
  downloads = [];
  /** @type {(() => Promise<any>) | null} the person's answer to sharing a screen; null: none is shared */
  screen = null;
  /** @type {Promise<void>} devices open after it */
  opens = Promise.resolve();
  /** @type {any} */
  mediaDevices;
  /** @type {Set<any>} */
  #live = new Set();
  /** @type {Map<string, any>} */
  #elements = new Map();
  /** @type {(() => void)[]} */
  #restore = [];

  /** Puts this browser into the place of Node's globals, until {@link close}. */
  install() {
    const mediaDevices = (this.mediaDevices = new EventTarget());
    Object.assign(mediaDevices, {
      getUserMedia: (/** @type {any} */ constraints) => this.#open(constraints),
      getDisplayMedia: () => (this.screen ? this.screen() : Promise.reject(new DOMException('The person said no.', 'NotAllowedError'))),
      enumerateDevices: async () => this.devices,
    });
    const { setTimeout } = globalThis;
    this.#set({
      navigator: { mediaDevices, userAgent: '' },
      document: { getElementById: (/** @type {string} */ id) => this.#elements.get(id) ?? null, createElement: (/** @type {string} */ tag) => this.#create(tag) },
      alert: (/** @type {string} */ text) => this.alerts.push(text),
      HTMLVideoElement: class {},
      MediaStream: Stream,
      RTCRtpSender: Sender,
      RTCPeerConnection: connectionOf(this),
      MediaRecorder: recorderOf(this),
      AudioContext: Sound,
      createImageBitmap: async (/** @type {Blob} */ file) => {
        if ((await file.text()) !== 'picture') throw new DOMException('It is no picture.', 'InvalidStateError');
        return { width: 4, height: 3 };
      },
      // What a page does a minute later is not waited for when the page is closed.
      setTimeout(/** @type {any} */ task, /** @type {number} */ ms, /** @type {any[]} */ ...args) {
        const timer = setTimeout(task, ms, ...args);
        if (ms >= 60_000) timer.unref();
        return timer;
      },
    });
    return this;
  }

  close() {
    for (const restore of this.#restore.splice(0)) restore();
  }

  /** @param {Record<string, any>} globals */
  #set(globals) {
    for (const [name, value] of Object.entries(globals)) {
      const before = Object.getOwnPropertyDescriptor(globalThis, name);
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
      this.#restore.push(() => (before ? Object.defineProperty(globalThis, name, before) : Reflect.deleteProperty(globalThis, name)));
    }
  }

  /** @param {any} constraints */
  async #open(constraints) {
    this.asked.push(structuredClone(constraints));
    const { audio, video } = constraints;
    const devices = [...this.devices]; // as they are when it is asked
    await this.opens;
    const kinds = /** @type {const} */ ([['audioinput', audio], ['videoinput', video]]);
    const found = kinds.flatMap(([kind, wanted]) => (wanted ? [this.#find(devices, kind, wanted)] : []));
    if (found.some((device) => this.busy.has(device.deviceId))) throw new DOMException('It is in use.', 'NotReadableError');
    const tracks = found.map(({ kind, label, deviceId }) => new Track(kind === 'audioinput' ? 'audio' : 'video', label, deviceId));
    for (const track of tracks) this.#live.add(track);
    return new Stream(tracks);
  }

  /**
   * @param {any[]} devices
   * @param {string} kind
   * @param {any} wanted
   */
  #find(devices, kind, wanted) {
    const device = devices.find((one) => one.kind === kind && (!wanted.deviceId || one.deviceId === wanted.deviceId.exact));
    if (!device) throw new DOMException('There is none.', 'NotFoundError');
    const ratio = wanted.aspectRatio?.exact;
    if (ratio && device.ratios && !device.ratios.includes(ratio)) throw new DOMException('It has no such picture.', 'OverconstrainedError');
    return device;
  }

  /** @param {any} device */
  plug(device) {
    this.devices = [...this.devices, device];
    this.mediaDevices.dispatchEvent(new Event('devicechange'));
  }

  /** @param {any} device */
  unplug({ deviceId }) {
    this.devices = this.devices.filter((one) => one.deviceId !== deviceId);
    for (const track of this.#live) if (track.deviceId === deviceId) track.end();
    this.mediaDevices.dispatchEvent(new Event('devicechange'));
  }

  /** @returns {any[]} of the page's tracks of devices those that are open */
  get live() {
    return [...this.#live].filter(({ readyState }) => readyState === 'live');
  }

  /**
   * @param {'audio' | 'video'} kind
   * @returns {any} the track that is sent
   */
  sent(kind) {
    const tracks = this.connections.flatMap((one) => (one.connectionState === 'closed' ? [] : one.getSenders().map((/** @type {any} */ { track }) => track)));
    return tracks.find((track) => track?.kind === kind) ?? null;
  }

  /** @param {string[]} kinds */
  screenOf(...kinds) {
    return new Stream(kinds.map((kind) => new Track(kind, 'screen')));
  }

  /**
   * An element of the page.
   *
   * @param {string} id
   * @returns {any}
   */
  element(id) {
    const element = { srcObject: null, muted: false, textContent: '', play: async () => {}, setAttribute() {} };
    this.#elements.set(id, element);
    return element;
  }

  /** @param {string} tag */
  #create(tag) {
    const browser = this;
    const painter = { fillRect() {}, drawImage() {} };
    return {
      tag,
      play: async () => {},
      getContext: () => painter,
      captureStream: () => new Stream([new Track('video', 'canvas')]),
      click() {
        const { href, download } = /** @type {any} */ (this);
        browser.downloads.push({ name: download, blob: blobs.get(href) });
      },
    };
  }
}

/** @type {Map<string, any>} what the page has made addresses of */
const blobs = new Map();
const { createObjectURL } = URL;
URL.createObjectURL = (blob) => {
  const url = createObjectURL(blob);
  blobs.set(url, blob);
  return url;
};
