/** @import {Room, Session} from '/sdk/core/index.js' */
/** @import {ReceivedFeedStats, SentFeedStats} from '/sdk/core/stats.js' */
/** @import {Call} from './call.js' */

/**
 * What tests read at `window.parley`.
 *
 * @typedef {object} ParleyPage
 * @property {Session | null} session
 * @property {Room | null} room
 * @property {() => Promise<PageStats | null>} stats null while in no call
 */

/**
 * Times in milliseconds; null = not yet.
 *
 * @typedef {object} PageStats
 * @property {string} roomId
 * @property {string} participantId
 * @property {number | null} clickToFirstFrameMs from the click on Join to the first frame of anybody else on the screen
 * @property {{participantId: string, displayName: string, kind: string}[]} participants
 * @property {(ReceivedFeedStats & {participantId: string, displayName: string, source: string, clickToFirstFrameMs: number | null,
 *   publishedToFirstFrameMs: number | null})[]} received publishedToFirstFrameMs: from when this page heard of the feed
 * @property {SentFeedStats[]} sent
 * @property {{up: string, down: string}} state
 * @property {{up: number, down: number}} repairs
 */

/**
 * @param {Call | null} call
 * @param {number} clickedAt performance.now()
 * @returns {Promise<PageStats | null>}
 */
export async function statsOf(call, clickedAt) {
  if (!call) return null;
  const { room, stage } = call;
  const { up, down, sent, received } = await room.stats();
  const firstFrames = new Map([...stage.tiles.values()].map((tile) => [tile.element.dataset.feed, tile.firstFrameAt]));
  const seen = received.map((feed) => {
    const found = room.model.feed(feed.feedId);
    const firstFrameAt = firstFrames.get(feed.feedId) || null;
    return {
      ...feed,
      participantId: found?.participant.participantId ?? '',
      displayName: found?.participant.displayName ?? '',
      source: found?.feed.source ?? '',
      clickToFirstFrameMs: firstFrameAt && Math.round(firstFrameAt - clickedAt),
      publishedToFirstFrameMs: firstFrameAt && Math.round(firstFrameAt - (stage.knownAt.get(feed.feedId) ?? firstFrameAt)),
    };
  });
  const times = seen.flatMap((feed) => feed.clickToFirstFrameMs ?? []);
  return {
    roomId: room.roomId,
    participantId: room.model.meId,
    clickToFirstFrameMs: times.length > 0 ? Math.min(...times) : null,
    participants: room.participants.map(({ participantId, displayName, kind }) => ({ participantId, displayName, kind })),
    received: seen,
    sent,
    state: { up: up.state, down: down.state },
    repairs: { up: up.repairs, down: down.repairs },
  };
}
