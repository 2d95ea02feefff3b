import { isSilence, reason, within } from './desk.js';

/** @import {VodParams} from './configs.js' */
/** @import {Desk} from './desk.js' */
/** @import {PlaybackNews, Room} from '../core/room.js' */

const TIMEOUT_SECONDS = 5;

/** @typedef {{file: string, plays: boolean, timer: any}} Playing */

/** Files that the server plays into the room for me. */
export class Playback {
  /** @type {Map<string, Playing>} by vodId */
  #playing = new Map();
  /** @type {Map<string, PlaybackNews[]>} news that overtook the answer to startPlayback */
  #early = new Map();
  #desk;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** @param {Room} room */
  entered(room) {
    room.on('playback', (news) => {
      if (this.#playing.has(news.vodId)) this.#onNews(news);
      else this.#early.set(news.vodId, [...(this.#early.get(news.vodId) ?? []), news]);
    });
  }

  left() {
    for (const { timer } of this.#playing.values()) clearTimeout(timer);
    this.#playing.clear();
    this.#early.clear();
  }

  /** @param {VodParams} params */
  async start(params) {
    const desk = this.#desk;
    const { vodFile: file = '', vodStartTimeout: seconds = TIMEOUT_SECONDS } = params ?? {};
    const room = desk.room;
    if (!room) return desk.tell('OnStartVodFail', file, '', -10372, 'You are in no room; call CreateRoom or JoinRoom first.');
    if (!file || !(seconds >= 1 && seconds <= 60)) return desk.tell('OnStartVodFail', file, '', -10374, 'vodFile is missing, or vodStartTimeout is not 1 to 60.');
    try {
      const asked = room.startPlayback({ file, timeoutSeconds: Math.round(seconds) });
      const { vodId } = await within(seconds * 1000 + desk.ms.vod, 'startPlayback', asked).catch((error) => {
        if (isSilence(error)) asked.then((late) => room.stopPlayback(late.vodId)).catch(() => {}); // nobody waits for it any more
        throw error;
      });
      const timer = setTimeout(() => this.#late(vodId), seconds * 1000);
      this.#playing.set(vodId, { file, plays: false, timer });
      for (const news of this.#early.get(vodId) ?? []) this.#onNews(news);
      this.#early.delete(vodId);
    } catch (error) {
      desk.tell('OnStartVodFail', file, '', isSilence(error) ? -10375 : -10371, reason(error));
    }
  }

  /** @param {PlaybackNews} news */
  #onNews({ vodId, state, message }) {
    const desk = this.#desk;
    const playing = this.#playing.get(vodId);
    if (!playing) return;
    clearTimeout(playing.timer);
    if (state === 'playing') {
      playing.plays = true;
      return desk.tell('OnStartVodSuccess', playing.file, vodId);
    }
    this.#playing.delete(vodId);
    if (!playing.plays && state === 'failed') desk.tell('OnStartVodFail', playing.file, vodId, -10373, message);
    else desk.tell('OnVodOver', vodId);
  }

  /** @param {string} vodId */
  #late(vodId) {
    const playing = this.#playing.get(vodId);
    if (!playing || playing.plays) return;
    this.#playing.delete(vodId);
    this.#desk.room?.stopPlayback(vodId).catch(() => {});
    this.#desk.tell('OnStartVodFail', playing.file, vodId, -10375, 'It has not begun in time.');
  }

  /** @param {string} vodId */
  async stop(vodId) {
    const desk = this.#desk;
    if (!desk.room) return desk.tell('OnStopVodFail', vodId, -10392, 'You are in no room.');
    const playing = this.#playing.get(vodId);
    if (!playing) return desk.tell('OnStopVodFail', vodId, -10393, 'There is no such playback of yours.');
    this.#playing.delete(vodId); // that it is over is told by the answer
    try {
      await desk.room.stopPlayback(vodId);
      clearTimeout(playing.timer);
      desk.tell('OnStopVodSuccess', vodId);
    } catch (error) {
      this.#playing.set(vodId, playing);
      desk.tell('OnStopVodFail', vodId, -10391, reason(error));
    }
  }
}
