import { byId } from './dom.js';
import { t } from './i18n.js';
import { recordingOf } from './server.js';
import { toast } from './toasts.js';

/** @import {Room, ParleyError} from '/sdk/core/index.js' */
/** @import {RecordingNews} from '/sdk/core/room.js' */
/** @import {ControlView} from './bar.js' */

/** Between two questions for the file, and how often it is asked for: the recorder composes it after the end. */
const ASK_MS = 2_000;
const ASK_TIMES = 90;

/** A recording that is ready. @typedef {{recordId: string, url: string}} Result */

/** Recording of the room by the server: its button, its red light, its results. */
export class Recording {
  /** What I know of, and what has come of it. @type {Map<string, Result | null>} */
  #known = new Map();
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
    if (before) this.#known.set(before, null);
    room.on('roomUpdated', () => {
      const now = room.model.room.recording;
      if (now && !this.#known.has(now)) this.#known.set(now, null);
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

  /**
   * After the call: what is ready, and what becomes ready soon.
   *
   * @param {(result: Result) => void} onResult
   */
  async finish(onResult) {
    const ask = [...this.#known].map(async ([recordId, known]) => {
      const result = known ?? (await this.#ask(recordId).catch(() => null));
      if (result) onResult(result);
    });
    await Promise.all(ask);
  }

  /** @param {string} recordId */
  async #fetch(recordId) {
    if (this.#known.get(recordId)) return;
    const result = await this.#ask(recordId).catch(() => null);
    if (!result) return void toast(t('recordingNoLink', { id: recordId }), { stay: true });
    this.#known.set(recordId, result);
    if (this.#room.over) return;
    const link = { text: t('recordingFile'), url: result.url };
    toast(t('recordingReady'), { link, stay: true });
    this.#on.note(t('recordingReady'), link);
  }

  /**
   * @param {string} recordId
   * @returns {Promise<Result | null>} null when it failed or is not there in time
   * @throws {ParleyError} NOT_ALLOWED, RECORDING_NOT_FOUND
   */
  async #ask(recordId) {
    for (let i = 0; i < ASK_TIMES; i++) {
      const { state, fileUrl } = await recordingOf(recordId, this.#token);
      if (fileUrl) return { recordId, url: fileUrl };
      if (state === 'FAILED') return null;
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    }
    return null;
  }
}
