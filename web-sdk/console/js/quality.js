/**
 * Turns the relay's sums (media-relay, RoomStats) into what people want to know: rates since the last look, loss as receivers report it.
 */

/** @typedef {{bits: number, size: string, lossPercent: number}} FeedQuality bits per second as they come; size such as 1280×720, '' without picture */
/** @typedef {{feeds: Map<string, FeedQuality>, streamsIn: number, inBits: number, lossPercent: number, estimatedBits: number}} PersonQuality what a person sends by feed, and what reaches them */
/** @typedef {{upBits: number, downBits: number, people: Map<string, PersonQuality>}} RoomQuality */

/** @returns {(stats: any, nowMs?: number) => RoomQuality} rates are 0 at the first look; an empty object gives an empty answer */
export function quality() {
  /** @type {Map<string, number>} */
  let before = new Map();
  let beforeMs = 0;

  return (stats, nowMs = performance.now()) => {
    /** @type {Map<string, number>} */
    const sums = new Map();
    const seconds = beforeMs ? (nowMs - beforeMs) / 1000 : 0;
    /** @param {string} key @param {number} bytes */
    const bitsOf = (key, bytes) => {
      sums.set(key, bytes);
      const old = before.get(key);
      return old === undefined || seconds <= 0 || bytes < old ? 0 : ((bytes - old) * 8) / seconds;
    };
    /** @type {RoomQuality} */
    const room = { upBits: 0, downBits: 0, people: new Map() };
    /** @type {Map<string, string>} */
    const owners = new Map();
    for (const link of stats.transports ?? []) {
      owners.set(link.transportId, link.participantId);
      if (link.direction === 'down') person(room, link.participantId).estimatedBits = link.estimatedBits;
    }
    for (const { feed, tracks } of stats.feeds ?? []) {
      /** @type {FeedQuality} */
      const sent = { bits: 0, size: '', lossPercent: 0 };
      tracks.forEach((/** @type {any} */ track, /** @type {number} */ at) => {
        sent.bits += bitsOf(`${feed.feedId}/${at}`, track.bytes);
        const expected = track.packets + Math.max(0, track.lost);
        if (expected > 0) sent.lossPercent = Math.max(sent.lossPercent, (100 * Math.max(0, track.lost)) / expected);
        const largest = track.sizes?.filter((/** @type {any} */ s) => s.live && s.width > 0).at(-1);
        if (largest) sent.size = `${largest.width}×${largest.height}`;
        for (const out of track.subscriptions ?? []) {
          const who = person(room, owners.get(out.transportId) ?? '');
          const bits = bitsOf(`${feed.feedId}/${at}>${out.transportId}/${out.mid}`, out.bytes);
          who.streamsIn++;
          who.inBits += bits;
          who.lossPercent = Math.max(who.lossPercent, (out.fractionLost * 100) / 256);
          room.downBits += bits;
        }
      });
      room.upBits += sent.bits;
      person(room, feed.participantId).feeds.set(feed.feedId, sent);
    }
    before = sums;
    beforeMs = nowMs;
    return room;
  };
}

/** @param {RoomQuality} room @param {string} id */
function person(room, id) {
  let known = room.people.get(id);
  if (!known) {
    known = { feeds: new Map(), streamsIn: 0, inBits: 0, lossPercent: 0, estimatedBits: -1 };
    room.people.set(id, known);
  }
  return known;
}
