import { byId } from './dom.js';
import { t } from './i18n.js';
import { recordingOf } from './server.js';
import { toast } from './toasts.js';

/** @import {Room, ParleyError} from '/sdk/core/index.js' */
/** @import {RecordingNews} from '/sdk/core/room.js' */
/** @import {ControlView} from './bar.js' */

/** The file is asked for so often, a second apart: the room hears of the result before the last copy has written it down. */
const LINK_TRIES = 5;

/** A recording that is ready. @typedef {{recordId: string, url: string}} Result */

/** Recording of the room by the server: its button, its red light, its results. */
export class Recording {
  /** @type {Result[]} */
  results = [];

  #room;
  #token;
  #on;
  /** @type {'' | 'starting' | 'stopping'} */
  #busy = '';

  /**
   * @param {Room} room
   * @param {string} token
   * @param {{changed: () => void, note: (text: string, link?: {text: string, url: string}) => void}} on
   */
  constructor(room, token, on) {
    this.#room = room;
    this.#token = token;
    this.#on = on;
    let before = room.model.room.recording;
    room.on('roomUpdated', () => {
      const now = room.model.room.recording;
      if (Boolean(now) !== Boolean(before)) {
        this.#busy = '';
        on.note(now ? t('recordingNote') : t('recordingEndNote'));
      }
      before = now;
      on.changed();
    });
    room.on('recording', (news) => this.#hear(news));
  }

  get running() {
    return this.#room.model.room.recording !== '';
  }

  async toggle() {
    this.#busy = this.running ? 'stopping' : 'starting';
    this.#on.changed();
    try {
      if (this.running) await this.#room.stopRecording();
      else await this.#room.startRecording();
    } catch (error) {
      toast(t('failed', { message: /** @type {ParleyError} */ (error).message }), { tone: 'bad' });
    }
    this.#busy = '';
    this.#on.changed();
  }

  /** @returns {ControlView} */
  view() {
    byId('recording-state').hidden = !this.running && this.#busy === '';
    byId('recording-text').textContent =
      this.#busy === 'starting' ? t('recordingStarts') : this.#busy === 'stopping' ? t('recordingEnds') : t('recording');
    return {
      icon: this.running ? 'stop' : 'record',
      text: t(this.running ? 'recordStop' : 'record'),
      tone: this.running ? 'live' : '',
      busy: this.#busy !== '',
      pressed: this.running,
    };
  }

  /** @param {RecordingNews} news event codes: MRTC section 3.3 */
  #hear({ recordId, eventCode, message }) {
    if (eventCode === 99) void this.#fetch(recordId);
    else if (eventCode >= 100_000 && eventCode < 200_000) toast(t('recordingFailed', { message: message || String(eventCode) }), { tone: 'bad' });
    else if (eventCode === 50) toast(t('recordingTrouble', { message }));
  }

  /** @param {string} recordId */
  async #fetch(recordId) {
    for (let i = 0; i < LINK_TRIES; i++) {
      try {
        const { state, fileUrl } = await recordingOf(recordId, this.#token);
        if (fileUrl) return this.#ready({ recordId, url: fileUrl });
        if (state === 'FAILED') return void toast(t('recordingFailed', { message: recordId }), { tone: 'bad' });
      } catch {
        break; // this guest may record but not fetch
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    return void toast(t('recordingNoLink', { id: recordId }), { stay: true });
  }

  /** @param {Result} result */
  #ready(result) {
    if (this.results.some(({ recordId }) => recordId === result.recordId)) return;
    this.results.push(result);
    const link = { text: t('recordingFile'), url: result.url };
    toast(t('recordingReady'), { link, stay: true });
    this.#on.note(t('recordingReady'), link);
  }
}
