/** @import {Desk} from './desk.js' */
/** @import {Publishing} from './publishing.js' */
/** @import {Subscribing} from './subscribing.js' */

const EVERY_MS = 2_000;
/** kbit/s: with video; audio only: the alarm comes below, and can come again after it was above. */
const LIMITS = { video: { alarm: 200, clear: 200 }, audio: { alarm: 20, clear: 25 } };
/** A stream starts slowly; so many measurements say nothing. */
const FIRST = 4;

/**
 * Whether a stream is weak: the alarm comes once, and again after it was clear.
 */
export class WeakStream {
  #bytes = 0;
  #atMs = 0;
  #count = 0;
  #weak = false;

  /**
   * @param {number} bytes sent or received until now
   * @param {number} atMs
   * @param {{alarm: number, clear: number}} limit kbit/s
   * @returns {number | null} bit/s, when the alarm is to be given
   */
  measure(bytes, atMs, { alarm, clear }) {
    const bps = this.#atMs === 0 ? 0 : Math.max(0, ((bytes - this.#bytes) * 8000) / Math.max(1, atMs - this.#atMs));
    const counts = this.#count++ >= FIRST && bytes >= this.#bytes; // a repaired connection counts from 0
    this.#bytes = bytes;
    this.#atMs = atMs;
    if (!counts) return null;
    if (this.#weak) {
      if (bps > clear * 1000) this.#weak = false;
      return null;
    }
    if (bps >= alarm * 1000) return null;
    this.#weak = true;
    return Math.round(bps);
  }
}

/** Watches all streams of the room and tells of the weak ones. */
export class WeakNetwork {
  /** @type {Map<string, WeakStream>} by sid */
  #streams = new Map();
  /** @type {any} */
  #timer = null;
  #desk;
  #publishing;
  #subscribing;

  /**
   * @param {Desk} desk
   * @param {Publishing} publishing
   * @param {Subscribing} subscribing
   */
  constructor(desk, publishing, subscribing) {
    this.#desk = desk;
    this.#publishing = publishing;
    this.#subscribing = subscribing;
  }

  entered() {
    this.#timer = setInterval(() => void this.#look().catch((error) => this.#desk.log.add('stats', error)), EVERY_MS);
  }

  left() {
    clearInterval(this.#timer);
    this.#streams.clear();
  }

  async #look() {
    const room = this.#desk.room;
    if (!room) return;
    const { sent, received } = await room.stats();
    for (const { sid, feed } of this.#publishing.all) {
      const row = sent.find(({ feedId }) => feedId === feed?.feedId);
      if (!row || !feed || feed.videoMuted || feed.audioMuted) this.#streams.delete(String(sid));
      else this.#tell(sid, row.audio.bytes + row.video.bytes, feed.kinds.includes('video'), 'publish');
    }
    for (const { sid, feedId, config } of this.#subscribing.all) {
      const feed = room.model.feed(feedId)?.feed;
      const row = received.find((one) => one.feedId === feedId);
      const video = Boolean(feed?.video && config.subscribe_video_id);
      if (!row || !feed || (video && feed.videoMuted) || feed.audioMuted) this.#streams.delete(String(sid));
      else this.#tell(sid, row.audio.bytes + row.video.bytes, video, 'subscribe');
    }
  }

  /**
   * @param {number} sid
   * @param {number} bytes
   * @param {boolean} video
   * @param {'publish' | 'subscribe'} direction
   */
  #tell(sid, bytes, video, direction) {
    const own = this.#desk.weak[direction];
    const limit = own === null ? LIMITS[video ? 'video' : 'audio'] : { alarm: own, clear: own };
    const stream = this.#streams.get(String(sid)) ?? new WeakStream();
    this.#streams.set(String(sid), stream);
    const bps = stream.measure(bytes, performance.now(), limit);
    if (bps === null) return;
    if (direction === 'publish') this.#desk.tell('OnNetworkWeak', String(bps), '0', sid);
    else this.#desk.tell('OnNetworkWeak', '0', String(bps), sid);
  }
}
