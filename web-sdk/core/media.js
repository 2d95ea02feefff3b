import { backoffMs } from './backoff.js';
import { Downlink } from './downlink.js';
import { Emitter } from './emitter.js';
import { isWithoutServer } from './errors.js';
import { measure } from './stats.js';
import { Uplink } from './uplink.js';

/** @import {LinkState, Route} from './link.js' */
/** @import {MediaStats} from './stats.js' */
/** @import {LocalFeed, PublishOptions} from './uplink.js' */
/** @import {Feed, Request, Wish} from './wire.js' */

/** With the pauses between them about 4 s. */
const PUBLISH_TRIES = 5;

/**
 * @typedef {object} MediaEvents
 * @property {{feedId: string, stream: MediaStream}} stream a feed that was subscribed flows
 * @property {{direction: 'up' | 'down', state: LinkState}} state
 */

/**
 * What I send and what I receive in a room: one RTCPeerConnection up, one down, each made when first needed.
 *
 * @extends {Emitter<MediaEvents>}
 */
export class Media extends Emitter {
  #up;
  #down;

  /**
   * @param {Request} request
   * @param {RTCIceServer[]} iceServers
   * @param {Route} [route]
   */
  constructor(request, iceServers, route) {
    super();
    this.#up = new Uplink(request, iceServers, route);
    this.#down = new Downlink(request, iceServers, (feedId, stream) => this.emit('stream', { feedId, stream }), route);
    this.#up.on('state', (state) => this.emit('state', { direction: 'up', state }));
    this.#down.on('state', (state) => this.emit('state', { direction: 'down', state }));
  }

  /** @returns {LocalFeed[]} that I publish */
  get published() {
    return [...this.#up.feeds];
  }

  /** @returns {{up: LinkState, down: LinkState}} */
  get state() {
    return { up: this.#up.state, down: this.#down.state };
  }

  /**
   * @param {MediaStream} stream
   * @param {PublishOptions} [options]
   * @returns {Promise<LocalFeed>}
   */
  async publish(stream, options = {}) {
    const feed = await this.#publish(stream, options);
    if (feed.audioMuted || feed.videoMuted) await feed.mute({ audio: feed.audioMuted, video: feed.videoMuted });
    return feed;
  }

  /**
   * Media servers come and go; a refusal for want of one is tried again.
   *
   * @param {MediaStream} stream
   * @param {PublishOptions} options
   */
  async #publish(stream, options) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#up.publish(stream, options);
      } catch (error) {
        if (attempt === PUBLISH_TRIES || !isWithoutServer(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt + 1)));
      }
    }
  }

  /**
   * @param {Feed} feed
   * @param {{audio?: boolean, video?: boolean} & Wish} [wish] default: what the feed has, as large as it comes
   * @returns {Promise<MediaStream>}
   */
  subscribe(feed, { audio, video, ...wish } = {}) {
    return this.#down.subscribe(feed.feedId, { audio: feed.audio && audio !== false, video: feed.video && video !== false }, wish);
  }

  /**
   * @param {string[]} feedIds
   * @param {Wish} wish
   */
  wish(feedIds, wish) {
    return this.#down.wish(feedIds, wish);
  }

  /** @param {{cameras?: number, voices?: number}} most */
  limit(most) {
    return this.#down.limit(most);
  }

  /** @param {string[]} feedIds */
  unsubscribe(feedIds) {
    this.#down.unsubscribe(feedIds);
  }

  /**
   * @param {string} feedId
   * @returns {MediaStream} always the same one for a feed; empty until it flows
   */
  stream(feedId) {
    return this.#down.stream(feedId);
  }

  /**
   * How loud a received feed is at this moment.
   *
   * @param {string} feedId
   * @returns {number} 0 to 1
   */
  level(feedId) {
    const [source] = this.#down.receiver(feedId, 'audio')?.getSynchronizationSources() ?? [];
    return source?.audioLevel ?? 0;
  }

  /** @returns {Promise<MediaStats>} */
  stats() {
    return measure(this.#up, this.#down);
  }

  /**
   * The room's log says that a feed is gone.
   *
   * @param {string} feedId
   */
  onUnpublished(feedId) {
    this.#down.gone(feedId);
    const mine = this.published.find((feed) => feed.feedId === feedId);
    if (mine) this.#up.forget(mine);
  }

  /**
   * The room's log says that a feed was muted or unmuted.
   *
   * @param {Feed} feed
   */
  onUpdated(feed) {
    this.published.find(({ feedId }) => feedId === feed.feedId)?.follow(feed);
  }

  /**
   * Of my feed only these sizes are wanted at present.
   *
   * @param {{feedId: string, rids: string[]}} wanted
   */
  async onEncodings({ feedId, rids }) {
    await this.published.find((feed) => feed.feedId === feedId)?.sendOnly(rids);
  }

  /** The room's media has a new place: both connections are made anew. */
  onMoved() {
    this.#up.moved();
    this.#down.moved();
  }

  /** Closes both connections. Does not stop the tracks that were published. */
  close() {
    this.#up.close();
    this.#down.close();
  }
}
