import { Code, ParleyError, isWithoutServer } from '../core/errors.js';
import { isSilence, reason, within } from './desk.js';
import { label, show } from './page.js';
import { untilConnected } from './publishing.js';
import { analyse } from './volume.js';

/** @import {SubscribeConfig, SubscribeSlot} from './configs.js' */
/** @import {Desk} from './desk.js' */

/** A feed is asked for as such, not through another. */
const STRATEGY_DIRECT = 1;

/**
 * One feed that I receive.
 *
 * @typedef {object} Reception
 * @property {number} sid
 * @property {string} feedId
 * @property {SubscribeConfig} config
 * @property {boolean} flows
 * @property {SubscribeSlot} [slot] that it fills
 * @property {() => void} [silence] ends its analyser
 */

/** The feeds that I receive, by sid. */
export class Subscribing {
  /** @type {Map<string, Reception>} */
  #bySid = new Map();
  #desk;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** @param {number | string | undefined} sid */
  get(sid) {
    const found = this.#bySid.get(String(sid));
    return found?.flows ? found : undefined;
  }

  /** @returns {Reception[]} that flow */
  get all() {
    return [...this.#bySid.values()].filter(({ flows }) => flows);
  }

  /**
   * Fills the next free slot of InitRoomConfig with a feed. The slot is taken before this returns.
   *
   * @param {string} feedId
   */
  async subscribeBySlot(feedId) {
    const desk = this.#desk;
    const taken = new Set([...this.#bySid.values()].map(({ slot }) => slot));
    const slot = desk.plan?.slots.find((one) => !taken.has(one) && (one.subscribe_video_id || one.subscribe_audio_id));
    if (!slot) return desk.tell('OnSubscribeFailed', String(desk.newSid()), -1083, `initSubscribe has no free slot for the feed ${feedId}.`);
    const config = { ...slot, feedId, need_volume_analyser: desk.plan?.analyser };
    if (this.#isMissing(config)) desk.log.add('the slot has no tag for this kind of feed', feedId);
    await this.subscribe(config, slot);
  }

  /** @param {SubscribeConfig} config */
  #isMissing({ feedId, subscribe_video_id: video, subscribe_audio_id: audio }) {
    const feed = this.#desk.room?.model.feed(feedId)?.feed;
    return feed !== undefined && !(feed.video && video) && !(feed.audio && audio);
  }

  /**
   * @param {SubscribeConfig} config
   * @param {SubscribeSlot} [slot]
   */
  async subscribe(config, slot) {
    const desk = this.#desk;
    const sid = desk.newSid();
    const fail = (/** @type {number} */ code, /** @type {string} */ message) => {
      if (this.#bySid.delete(String(sid)) && code !== -1085) desk.tell('OnMediaClose', code === -1084 ? 5004 : 5003, sid);
      desk.tell('OnSubscribeFailed', String(sid), code, message);
    };
    const room = desk.room;
    const video = config?.subscribe_video_id;
    const audio = config?.subscribe_audio_id;
    if (!room) return fail(-1081, 'You are in no room; call CreateRoom or JoinRoom first.');
    if (!video && !audio) return fail(-1085, 'subscribe_video_id and subscribe_audio_id are missing.');
    const others = [...this.#bySid.values()];
    if (video && others.some((other) => other.config.subscribe_video_id === video)) return fail(-1082, `${video} shows another feed.`);
    if (others.some((other) => other.feedId === config.feedId)) return fail(-1081, 'The feed is subscribed already.');
    if (this.#isMissing(config)) return fail(-1085, 'There is no tag for what the feed has.');
    /** @type {Reception} */
    const reception = { sid, feedId: config.feedId, config, flows: false, slot };
    this.#bySid.set(String(sid), reception);
    try {
      const asked = room.subscribe([config.feedId], { audio: Boolean(audio), video: Boolean(video) });
      const [stream] = await within(desk.ms.stream, 'subscribe', asked);
      await untilConnected(room, 'down', desk.ms.media);
      if (this.#bySid.get(String(sid)) !== reception) return; // over meanwhile
      reception.flows = true;
      label(config.subscribe_streamId_id, sid);
      label(config.feedId_id, config.feedId);
      show(video, stream, Boolean(audio));
      show(audio, stream, false);
      if (config.need_volume_analyser) reception.silence = analyse(desk, sid, stream);
      desk.tell('OnSubscribeSucc', JSON.stringify({ feedId: [config.feedId], strategy: STRATEGY_DIRECT }), String(sid));
    } catch (error) {
      if (this.#bySid.get(String(sid)) !== reception) return;
      room.unsubscribe([config.feedId]);
      fail(subscribeCode(error), reason(error));
    }
  }

  /** @param {number | string} sid */
  unsubscribe(sid) {
    const desk = this.#desk;
    const reception = this.get(sid);
    if (!reception) return desk.log.add('UnSubscribe: there is no received stream', String(sid));
    this.#forget(reception);
    desk.room?.unsubscribe([reception.feedId]);
    desk.tell('OnUnSubscribeSucc', String(sid));
    desk.tell('OnMediaClose', 5001, reception.sid);
  }

  /**
   * Its publisher has ended it.
   *
   * @param {string} feedId
   */
  onGone(feedId) {
    for (const reception of [...this.#bySid.values()]) if (reception.feedId === feedId) this.#close(reception, 5006);
  }

  /**
   * I am out of the room.
   *
   * @param {number} code of OnMediaClose
   */
  closeAll(code) {
    for (const reception of [...this.#bySid.values()]) this.#close(reception, code);
  }

  /** What I receive is not coming any more. */
  onBroken() {
    const broken = this.all;
    for (const reception of broken) this.#close(reception, 5007);
    this.#desk.room?.unsubscribe(broken.map(({ feedId }) => feedId));
  }

  /**
   * @param {Reception} reception
   * @param {number} code
   */
  #close(reception, code) {
    this.#forget(reception);
    this.#desk.tell('OnMediaClose', code, reception.sid);
  }

  /** @param {Reception} reception */
  #forget({ sid, config, silence }) {
    this.#bySid.delete(String(sid));
    silence?.();
    show(config.subscribe_video_id, null, false);
    show(config.subscribe_audio_id, null, false);
    label(config.subscribe_streamId_id, '');
    label(config.feedId_id, '');
  }
}

/** @param {unknown} error */
function subscribeCode(error) {
  if (!(error instanceof ParleyError)) return -1081;
  if (error.name === 'ROOM_LIMIT') return -1083;
  return error.code === Code.MEDIA_FAILED || isSilence(error) || isWithoutServer(error) ? -1084 : -1081;
}
