import { byId } from './dom.js';
import { t } from './i18n.js';
import { grid, spotlight } from './layout.js';
import { toast } from './toasts.js';
import { Tile } from './tile.js';

/** @import {Room} from '/sdk/core/index.js' */
/** @import {LocalFeed} from '/sdk/core/index.js' */
/** @import {TileView} from './tile.js' */

/** @typedef {TileView & {key: string}} KeyedView */

const SPEAKING_MS = 150;
/** Sound above this counts as speech, 0 to 1. */
const SPEAKING_LEVEL = 0.015;
/** The ring stays a little between words. */
const SPEAKING_HOLD_MS = 700;

/** The tiles of a call: who is shown, where, and who speaks. */
export class Stage {
  /** @type {Map<string, Tile>} */
  tiles = new Map();
  /** When each feed was first known here, performance.now(). @type {Map<string, number>} */
  knownAt = new Map();

  #room;
  #own;
  #localLevel;
  #stage = byId('stage');
  /** Shown large. @type {string | null} */
  #pinned = null;
  /** Screens that somebody has sent back to the grid. @type {Set<string>} */
  #unpinned = new Set();
  /** @type {Map<string, number>} */
  #spokeAt = new Map();
  #resize = new ResizeObserver(() => this.#place());
  /** @type {any} */
  #ticking;
  /** Elements that wait for a click to be heard. @type {Set<HTMLVideoElement>} */
  #blocked = new Set();

  /**
   * @param {Room} room
   * @param {() => LocalFeed[]} own what I publish
   * @param {() => number} localLevel of my microphone, 0 to 1
   */
  constructor(room, own, localLevel) {
    this.#room = room;
    this.#own = own;
    this.#localLevel = localLevel;
    this.#resize.observe(this.#stage);
    this.#ticking = setInterval(() => this.#listen(), SPEAKING_MS);
    this.update();
  }

  close() {
    clearInterval(this.#ticking);
    this.#resize.disconnect();
    for (const tile of this.tiles.values()) tile.remove();
    this.tiles.clear();
  }

  /** Makes the tiles like the room. */
  update() {
    const views = this.#views();
    const keys = new Set(views.map(({ key }) => key));
    for (const [key, tile] of this.tiles) {
      if (keys.has(key)) continue;
      tile.remove();
      this.tiles.delete(key);
    }
    for (const view of views) {
      let tile = this.tiles.get(view.key);
      if (!tile) {
        tile = new Tile(view.key, { onPin: (key) => this.#pin(key), onBlocked: (video) => this.#hold(video) });
        this.tiles.set(view.key, tile);
        this.#stage.append(tile.element);
      }
      tile.show(view);
      if (view.feed && !this.knownAt.has(view.feed.feedId)) this.knownAt.set(view.feed.feedId, performance.now());
    }
    this.#place();
  }

  /** @returns {KeyedView[]} I come last: one looks at the others */
  #views() {
    /** @type {KeyedView[]} */
    const views = [];
    const meId = this.#room.model.meId;
    const participants = this.#room.participants.filter(({ kind }) => kind !== 'whep');
    participants.sort((a, b) => Number(a.participantId === meId) - Number(b.participantId === meId));
    for (const participant of participants) {
      const mine = participant.participantId === meId;
      const faces = participant.feeds.filter(({ source }) => source !== 'screen');
      const screens = participant.feeds.filter(({ source }) => source === 'screen');
      for (const feed of screens) views.unshift(this.#view(participant, feed, mine, feed.feedId));
      if (faces.length === 0) views.push(this.#view(participant, null, mine, participant.participantId));
      faces.forEach((feed, i) => views.push(this.#view(participant, feed, mine, i === 0 ? participant.participantId : feed.feedId)));
    }
    return views;
  }

  /**
   * @param {import('/sdk/core/wire.js').Participant} participant
   * @param {import('/sdk/core/wire.js').Feed | null} feed
   * @param {boolean} mine
   * @param {string} key
   * @returns {KeyedView}
   */
  #view(participant, feed, mine, key) {
    const own = mine && feed ? this.#own().find(({ feedId }) => feedId === feed.feedId) : undefined;
    const stream = feed ? (mine ? (own?.stream ?? null) : this.#room.media.stream(feed.feedId)) : null;
    return { key, participant, feed, stream, mine, pinned: this.#largeKey(key, feed) };
  }

  /**
   * @param {string} key
   * @param {import('/sdk/core/wire.js').Feed | null} feed
   */
  #largeKey(key, feed) {
    if (this.#pinned) return this.#pinned === key;
    return feed?.source === 'screen' && !this.#unpinned.has(key);
  }

  /** @param {string} key */
  #pin(key) {
    const tile = this.tiles.get(key);
    const large = tile?.element.querySelector('.tile-pin')?.getAttribute('aria-pressed') === 'true';
    this.#pinned = large ? null : key;
    if (large) this.#unpinned.add(key);
    this.update();
  }

  #place() {
    const { clientWidth: width, clientHeight: height } = this.#stage;
    if (width === 0) return;
    if (this.#pinned && !this.tiles.has(this.#pinned)) this.#pinned = null;
    const views = this.#views();
    const tiles = views.map(({ key }) => /** @type {Tile} */ (this.tiles.get(key))).filter(Boolean);
    const largeIndex = views.findIndex(({ pinned }) => pinned);
    if (largeIndex < 0 || tiles.length === 1) {
      grid(tiles.length, width, height).forEach((box, i) => tiles[i].place(box));
      return;
    }
    const { large, strip } = spotlight(tiles.length - 1, width, height);
    tiles[largeIndex].place(large);
    tiles.filter((_, i) => i !== largeIndex).forEach((tile, i) => tile.place(strip[i] ?? null));
  }

  #listen() {
    const now = performance.now();
    for (const { key, feed, mine } of this.#views()) {
      const level = !feed || feed.audioMuted ? 0 : mine ? (feed.source === 'screen' ? 0 : this.#localLevel()) : this.#room.media.level(feed.feedId);
      if (level > SPEAKING_LEVEL) this.#spokeAt.set(key, now);
      this.tiles.get(key)?.speaking(now - (this.#spokeAt.get(key) ?? -Infinity) < SPEAKING_HOLD_MS);
    }
  }

  /** @param {HTMLVideoElement} video */
  #hold(video) {
    this.#blocked.add(video);
    if (this.#blocked.size > 1) return;
    toast(t('soundBlocked'), {
      stay: true,
      action: {
        text: t('soundAllow'),
        run: () => {
          for (const waiting of this.#blocked) void waiting.play();
          this.#blocked.clear();
        },
      },
    });
  }
}
