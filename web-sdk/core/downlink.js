import { Code, ParleyError, closed, isPassing } from './errors.js';
import { backoffMs } from './backoff.js';
import { Link } from './link.js';
import { Turnover } from './turnover.js';

/** @import {Route} from './link.js' */
/** @import {FeedWish, RefusedFeed, Request, TrackBinding, Wish} from './wire.js' */

/** A subscription that fails for a passing reason is tried so often, in about 10 s. */
const TRIES = 8;

/** @typedef {{audio: boolean, video: boolean}} Kinds which tracks of a feed to receive */

/**
 * @typedef {object} Reception
 * @property {string} feedId
 * @property {Kinds} kinds
 * @property {RTCRtpTransceiver} [audio]
 * @property {RTCRtpTransceiver} [video]
 */

/** @typedef {{kinds: Kinds, tries: number, returning?: boolean, waiters: {resolve: (stream: MediaStream) => void, reject: (error: unknown) => void}[]}} Want */

/**
 * The connection on which I receive. What is wanted and what is received are two tables; a negotiation makes the second like the first, all changes that have come together
 * in one, one at a time.
 */
export class Downlink extends Link {
  /** @type {Map<string, Reception>} by feedId: what flows */
  #received = new Map();
  /** @type {Map<string, Want>} by feedId */
  #wanted = new Map();
  /** @type {Map<string, MediaStream>} stays the same through repairs, so that a video element needs no care */
  #streams = new Map();
  /** @type {{audio: RTCRtpTransceiver[], video: RTCRtpTransceiver[]}} */
  #free = { audio: [], video: [] };
  #scheduled = false;
  /** @type {Map<string, Wish>} by feedId: said at each new connection, as the relay forgets them with the old one */
  #wishes = new Map();
  /** @type {{cameras?: number, voices?: number}} */
  #limits = {};
  /** Tracks that still come from the media's old place. */
  #turnover = new Turnover();

  /**
   * @param {Request} request
   * @param {RTCIceServer[]} iceServers
   * @param {(feedId: string, stream: MediaStream) => void} onStream
   * @param {Route} [route]
   */
  constructor(request, iceServers, onStream, route) {
    super('down', request, iceServers, route);
    this.onStream = onStream;
  }

  /**
   * @param {string} feedId
   * @param {Kinds} kinds
   * @param {Wish} [wish]
   * @returns {Promise<MediaStream>} whose tracks flow, or will
   */
  subscribe(feedId, kinds, wish) {
    if (wish && Object.keys(wish).length > 0) this.#wishes.set(feedId, wish);
    const known = this.#received.get(feedId);
    if (known && this.#wanted.has(feedId)) return Promise.resolve(this.stream(feedId));
    return new Promise((resolve, reject) => {
      const want = this.#wanted.get(feedId);
      if (want) want.waiters.push({ resolve, reject });
      else this.#wanted.set(feedId, { kinds, tries: 0, waiters: [{ resolve, reject }] });
      this.#schedule();
    });
  }

  /**
   * How these feeds' video is wanted from now on; what is not named stays as it was.
   *
   * @param {string[]} feedIds
   * @param {Wish} wish
   */
  async wish(feedIds, wish) {
    for (const feedId of feedIds) this.#wishes.set(feedId, { ...this.#wishes.get(feedId), ...wish });
    const flowing = feedIds.filter((feedId) => this.#received.has(feedId));
    if (flowing.length === 0) return; // said with the subscription
    await this.request('wish', { wishes: flowing.map((feedId) => ({ feedId, ...this.#wishes.get(feedId) })) });
  }

  /** @param {{cameras?: number, voices?: number}} most 0 = all */
  async limit(most) {
    this.#limits = { ...this.#limits, ...most };
    if (this.#received.size > 0) await this.request('wish', this.#limits);
  }

  /**
   * @override
   * @returns {FeedWish[]}
   */
  wishes() {
    return [...this.#received.keys()].map((feedId) => ({ feedId, ...this.#wishes.get(feedId) }));
  }

  /** @param {string[]} feedIds */
  unsubscribe(feedIds) {
    for (const feedId of feedIds) this.#refuse(feedId, closed('The feed was unsubscribed.'));
    this.#schedule();
  }

  /**
   * The feed has ended: nothing to ask the server for. Its m-lines are used again.
   *
   * @param {string} feedId
   */
  gone(feedId) {
    this.#refuse(feedId, closed('The feed has ended.'));
    const reception = this.#received.get(feedId);
    if (reception) this.#release(reception);
    this.#forget(feedId);
    this.#wishes.delete(feedId);
    this.#retireIfDone();
  }

  /**
   * @param {string} feedId
   * @returns {MediaStream} empty until the feed is received
   */
  stream(feedId) {
    let stream = this.#streams.get(feedId);
    if (!stream) this.#streams.set(feedId, (stream = new MediaStream()));
    return stream;
  }

  /**
   * @param {string} feedId
   * @param {'audio' | 'video'} kind
   * @returns {RTCRtpReceiver | undefined}
   */
  receiver(feedId, kind) {
    return this.#received.get(feedId)?.[kind]?.receiver;
  }

  /** @override */
  inUse() {
    return this.#received.size > 0;
  }

  /** @override */
  bindings() {
    return [...this.#received.values()].flatMap(bindingsOf);
  }

  /**
   * @override
   * @param {RTCPeerConnection} pc
   */
  rebuild(pc) {
    this.#free = { audio: [], video: [] };
    for (const reception of this.#received.values()) this.#seat(reception, pc);
  }

  /** @override */
  rebuilt() {
    this.#tellLimits();
    for (const reception of this.#received.values()) this.#show(reception);
    this.#retireIfDone();
  }

  /** @override */
  retired() {
    this.#turnover.hurry();
  }

  /**
   * These flowed and cannot be had now, while the log has them: asked for until they are back or the log says that they are gone.
   *
   * @override
   * @param {RefusedFeed[]} refused
   */
  refused(refused) {
    for (const { feedId, code, error } of refused) {
      const reception = this.#received.get(feedId);
      const want = this.#wanted.get(feedId);
      if (reception) this.#release(reception);
      if (!want) continue;
      want.returning = true;
      this.#retry([[feedId, want]], new ParleyError(code, error, `The feed ${feedId} is not back yet.`), true);
    }
  }

  /** @override */
  close() {
    super.close();
    for (const feedId of [...this.#wanted.keys()]) this.#refuse(feedId, closed('The room was left.'));
  }

  /**
   * @param {string} feedId
   * @param {unknown} error
   */
  #refuse(feedId, error) {
    const want = this.#wanted.get(feedId);
    this.#wanted.delete(feedId);
    for (const waiter of want?.waiters ?? []) waiter.reject(error);
    this.#retireIfDone();
  }

  #schedule() {
    if (this.#scheduled || this.state === 'closed') return;
    this.#scheduled = true;
    this.exclusive(async () => {
      this.#scheduled = false; // what comes from here on needs another turn
      await this.#drop().catch(() => {}); // the next offer says it again
      await this.#add();
    }).catch(() => {}); // those who wait were told
  }

  async #drop() {
    const unwanted = [...this.#received.values()].filter(({ feedId }) => !this.#wanted.has(feedId));
    if (unwanted.length === 0) return;
    const feedIds = unwanted.map(({ feedId }) => feedId);
    for (const reception of unwanted) {
      this.#release(reception);
      this.#forget(reception.feedId);
    }
    this.#retireIfDone();
    await this.negotiate((sdp) => this.request('unsubscribe', { feedIds, sdp }));
  }

  async #add() {
    const wants = [...this.#wanted].filter(([feedId]) => !this.#received.has(feedId));
    if (wants.length === 0) return;
    const first = this.#received.size === 0;
    const pc = this.ensure();
    const receptions = wants.map(([feedId, { kinds }]) => this.#seat({ feedId, kinds }, pc));
    try {
      const { refused = [] } = await this.negotiate((sdp) => {
        for (const reception of receptions) this.#received.set(reception.feedId, reception);
        return this.request('subscribe', { subscriptions: receptions.map((one) => this.#subscription(one)), sdp });
      });
      for (const { feedId, code, error } of refused) {
        for (const reception of receptions) if (reception.feedId === feedId) this.#release(reception);
        const why = new ParleyError(code, error, `The feed ${feedId} cannot be received.`);
        this.#retry(wants.filter(([id]) => id === feedId), why, code === Code.FEED_NOT_FOUND);
      }
    } catch (error) {
      for (const reception of receptions) this.#release(reception);
      this.#retry(wants, error);
      throw error;
    }
    if (first) this.#tellLimits();
    for (const reception of receptions) if (this.#received.get(reception.feedId) === reception) this.#settle(reception);
  }

  #tellLimits() {
    if (Object.keys(this.#limits).length > 0) this.request('wish', this.#limits).catch(() => {}); // the next connection is told again
  }

  /** @param {Reception} reception */
  #subscription({ feedId, audio, video }) {
    return { feedId, audioMid: audio?.mid ?? undefined, videoMid: video?.mid ?? undefined, ...this.#wishes.get(feedId) };
  }

  /** @param {Reception} reception just negotiated */
  #settle(reception) {
    const want = this.#wanted.get(reception.feedId);
    if (!want) return this.#schedule(); // unsubscribed meanwhile
    want.tries = 0;
    want.returning = false;
    const stream = this.#show(reception);
    this.#retireIfDone();
    for (const waiter of want.waiters.splice(0)) waiter.resolve(stream);
    this.onStream(reception.feedId, stream);
  }

  /**
   * @param {[string, Want][]} wants
   * @param {unknown} error
   * @param {boolean} [early] the room's log may be ahead of the media: a feed can be announced a moment before its first packet
   */
  #retry(wants, error, early = false) {
    let longest = 0;
    for (const [feedId, want] of wants) {
      if ((!isPassing(error) && !early) || (++want.tries >= TRIES && !want.returning)) this.#refuse(feedId, error);
      else longest = Math.max(longest, want.tries);
    }
    if (longest > 0) setTimeout(() => this.#schedule(), backoffMs(longest));
  }

  /**
   * @param {Reception} reception
   * @param {RTCPeerConnection} pc
   */
  #seat(reception, pc) {
    for (const kind of /** @type {const} */ (['audio', 'video'])) {
      if (!reception.kinds[kind]) continue;
      const used = this.#free[kind].pop();
      if (used) used.direction = 'recvonly';
      reception[kind] = used ?? pc.addTransceiver(kind, { direction: 'recvonly' });
    }
    return reception;
  }

  /** @param {Reception} reception */
  #release(reception) {
    if (this.#received.get(reception.feedId) === reception) this.#received.delete(reception.feedId);
    for (const kind of /** @type {const} */ (['audio', 'video'])) {
      const transceiver = reception[kind];
      if (!transceiver || !this.isOpen) continue;
      if (transceiver.mid === null) {
        transceiver.stop();
      } else {
        transceiver.direction = 'inactive';
        this.#free[kind].push(transceiver);
      }
      delete reception[kind];
    }
  }

  /**
   * Puts the tracks that flow now into the feed's stream; where one still comes from the media's old place, as soon as its successor flows.
   *
   * @param {Reception} reception
   */
  #show(reception) {
    const stream = this.stream(reception.feedId);
    for (const kind of /** @type {const} */ (['audio', 'video'])) this.#turnover.show(stream, kind, reception[kind]?.receiver, () => this.#retireIfDone());
    return stream;
  }

  /** @param {string} feedId */
  #forget(feedId) {
    const stream = this.#streams.get(feedId);
    if (stream) this.#turnover.forget(stream);
    this.#streams.delete(feedId);
  }

  /** The connection to the media's old place is needed until everything that is wanted comes from the new one. */
  #retireIfDone() {
    const all = [...this.#wanted.keys()].every((feedId) => this.#received.has(feedId));
    if (all && this.#turnover.isDone) this.retire();
  }
}

/**
 * @param {Reception} reception
 * @returns {TrackBinding[]}
 */
function bindingsOf({ feedId, audio, video }) {
  /** @type {TrackBinding[]} */
  const bindings = [];
  if (audio?.mid) bindings.push({ mid: audio.mid, feedId, kind: 'audio' });
  if (video?.mid) bindings.push({ mid: video.mid, feedId, kind: 'video' });
  return bindings;
}

