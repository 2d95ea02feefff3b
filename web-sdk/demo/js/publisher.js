import { t } from './i18n.js';
import { toast } from './toasts.js';

/** @import {LocalFeed, ParleyError, Room} from '/sdk/core/index.js' */
/** @import {Devices, Kind} from './devices.js' */

/** What I send into the room: camera with microphone, and the screen. */
export class Publisher {
  /** @type {LocalFeed | null} */
  camera = null;
  /** @type {LocalFeed | null} */
  screen = null;

  #room;
  #devices;
  #changed;
  /** Device changes are worked on one after the other. @type {Promise<void>} */
  #last = Promise.resolve();
  #off;

  /**
   * @param {Room} room
   * @param {Devices} devices
   * @param {() => void} changed
   */
  constructor(room, devices, changed) {
    this.#room = room;
    this.#devices = devices;
    this.#changed = changed;
    this.#off = devices.on('changed', () => this.sync());
    this.sync();
  }

  /** @returns {LocalFeed[]} */
  get feeds() {
    return [this.camera, this.screen].filter((feed) => feed !== null);
  }

  /** Makes what is published like the devices. */
  sync() {
    this.#last = this.#last.then(async () => {
      if (this.#room.over) return;
      try {
        await this.#syncCamera();
      } catch (error) {
        if (this.#room.over) return;
        toast(t('publishFailed', { message: /** @type {ParleyError} */ (error).message }), {
          tone: 'bad',
          action: { text: t('tryAgain'), run: () => this.sync() },
        });
      }
      this.#changed();
    });
  }

  async shareScreen() {
    if (this.screen) return this.stopScreen();
    let stream;
    try {
      stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 30 } }, audio: true });
    } catch (error) {
      if (error instanceof Error && error.name === 'NotAllowedError') return; // changed their mind
      throw error;
    }
    for (const track of stream.getVideoTracks()) track.contentHint = 'detail';
    try {
      this.screen = await this.#room.publish(stream, { tag: 'screen', source: 'screen' });
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      throw error;
    }
    this.screen.on('trackEnded', ({ kind }) => kind === 'video' && this.stopScreen());
    this.#changed();
  }

  async stopScreen() {
    const screen = this.screen;
    this.screen = null;
    if (!screen) return;
    for (const track of screen.stream.getTracks()) track.stop();
    this.#changed();
    if (!this.#room.over) await screen.unpublish();
  }

  close() {
    this.#off();
    void this.stopScreen();
  }

  async #syncCamera() {
    const devices = this.#devices;
    if (!this.camera) {
      if (!devices.tracks.audio && !devices.tracks.video) return; // nothing to send: only looking on
      this.camera = await this.#room.publish(devices.stream(), {
        tag: 'main',
        source: 'camera',
        audio: true,
        video: true,
        audioMuted: !devices.live('audio'),
        videoMuted: !devices.live('video'),
      });
    }
    for (const kind of /** @type {Kind[]} */ (['audio', 'video'])) {
      if (this.camera.track(kind) !== devices.tracks[kind]) await this.camera.replaceTrack(kind, devices.tracks[kind]);
    }
    const audio = !devices.live('audio');
    const video = !devices.live('video');
    if (this.camera.audioMuted !== audio || this.camera.videoMuted !== video) await this.camera.mute({ audio, video });
  }
}
