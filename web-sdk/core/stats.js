/** @import {Downlink} from './downlink.js' */
/** @import {Uplink} from './uplink.js' */

/**
 * One received feed, since it was subscribed (or since the last repair of the connection).
 *
 * @typedef {object} ReceivedFeedStats
 * @property {string} feedId
 * @property {{packets: number, bytes: number, lost: number, level: number, energy: number, seconds: number}} audio `level` 0 to 1 now; `energy`
 *   grows with loudness over `seconds` of sound played (RTCInboundRtpStreamStats.totalAudioEnergy, totalSamplesDuration)
 * @property {{packets: number, bytes: number, lost: number, framesDecoded: number, framesDropped: number, freezes: number, fps: number,
 *   width: number, height: number}} video
 */

/**
 * @typedef {object} SentFeedStats
 * @property {string} feedId
 * @property {{packets: number, bytes: number}} audio
 * @property {{packets: number, bytes: number, framesEncoded: number, fps: number, width: number, height: number, sizes: number}} video of a simulcast: packets and
 *   bytes of all sizes, the rest of the largest that is sent; `sizes` = how many are sent
 */

/**
 * @typedef {object} MediaStats
 * @property {{state: string, repairs: number, roundTripMs: number, availableBitrate: number}} up
 * @property {{state: string, repairs: number, roundTripMs: number}} down
 * @property {SentFeedStats[]} sent
 * @property {ReceivedFeedStats[]} received
 */

/**
 * @param {Uplink} up
 * @param {Downlink} down
 * @returns {Promise<MediaStats>}
 */
export async function measure(up, down) {
  const [upReport, downReport] = await Promise.all([reportOf(up.pc), reportOf(down.pc)]);
  const upPair = pairOf(upReport);
  return {
    up: { state: up.state, repairs: up.repairs, roundTripMs: roundTripMs(upPair), availableBitrate: upPair?.availableOutgoingBitrate ?? 0 },
    down: { state: down.state, repairs: down.repairs, roundTripMs: roundTripMs(pairOf(downReport)) },
    sent: perFeed(up.bindings(), merged(upReport), 'outbound-rtp', sentAudio, sentVideo),
    received: perFeed(down.bindings(), downReport, 'inbound-rtp', receivedAudio, receivedVideo),
  };
}

/**
 * Tells once when the first frame of what the element plays now is shown.
 *
 * @param {HTMLVideoElement} video
 * @param {(atMs: number) => void} onFrame performance.now() of it, milliseconds
 */
export function onFirstFrame(video, onFrame) {
  if (video.requestVideoFrameCallback) video.requestVideoFrameCallback((now) => onFrame(now));
  else video.addEventListener('loadeddata', () => onFrame(performance.now()), { once: true });
}

/** @param {RTCPeerConnection | null} pc */
async function reportOf(pc) {
  /** @type {any[]} */
  const rows = [];
  if (pc && pc.signalingState !== 'closed') (await pc.getStats()).forEach((row) => rows.push(row));
  return rows;
}

/** @param {any[]} report */
function pairOf(report) {
  return report.find((row) => row.type === 'candidate-pair' && row.nominated && row.state === 'succeeded');
}

/** @param {any} pair */
function roundTripMs(pair) {
  return Math.round((pair?.currentRoundTripTime ?? 0) * 1000);
}

/**
 * @template A, V
 * @param {{mid: string, feedId: string, kind: string}[]} bindings
 * @param {any[]} report
 * @param {string} type
 * @param {(row: any) => A} audioOf
 * @param {(row: any) => V} videoOf
 * @returns {{feedId: string, audio: A, video: V}[]}
 */
function perFeed(bindings, report, type, audioOf, videoOf) {
  const feedIds = new Set(bindings.map(({ feedId }) => feedId));
  return [...feedIds].map((feedId) => {
    /** @param {string} kind */
    const row = (kind) => {
      const mid = bindings.find((b) => b.feedId === feedId && b.kind === kind)?.mid;
      return (mid !== undefined && report.find((r) => r.type === type && r.mid === mid)) || {};
    };
    return { feedId, audio: audioOf(row('audio')), video: videoOf(row('video')) };
  });
}

/**
 * One outbound row for each m-line, with the sizes of a simulcast in one.
 *
 * @param {any[]} report
 */
function merged(report) {
  /** @type {Map<string, any>} */
  const byMid = new Map();
  for (const row of report) {
    if (row.type !== 'outbound-rtp') continue;
    const active = row.active === false || row.kind === 'audio' ? 0 : 1;
    const other = byMid.get(row.mid);
    if (!other) {
      byMid.set(row.mid, { ...row, sizes: active });
      continue;
    }
    const larger = (row.frameWidth ?? 0) > (other.frameWidth ?? 0) && active ? row : other;
    byMid.set(row.mid, {
      ...larger,
      packetsSent: (row.packetsSent ?? 0) + (other.packetsSent ?? 0),
      bytesSent: (row.bytesSent ?? 0) + (other.bytesSent ?? 0),
      sizes: other.sizes + active,
    });
  }
  return [...byMid.values()];
}

/** @param {any} row */
const sentAudio = (row) => ({ packets: row.packetsSent ?? 0, bytes: row.bytesSent ?? 0 });

/** @param {any} row */
const sentVideo = (row) => ({
  packets: row.packetsSent ?? 0,
  bytes: row.bytesSent ?? 0,
  framesEncoded: row.framesEncoded ?? 0,
  fps: row.framesPerSecond ?? 0,
  width: row.frameWidth ?? 0,
  height: row.frameHeight ?? 0,
  sizes: row.sizes ?? 0,
});

/** @param {any} row */
const receivedAudio = (row) => ({
  packets: row.packetsReceived ?? 0,
  bytes: row.bytesReceived ?? 0,
  lost: row.packetsLost ?? 0,
  level: row.audioLevel ?? 0,
  energy: row.totalAudioEnergy ?? 0,
  seconds: row.totalSamplesDuration ?? 0,
});

/** @param {any} row */
const receivedVideo = (row) => ({
  packets: row.packetsReceived ?? 0,
  bytes: row.bytesReceived ?? 0,
  lost: row.packetsLost ?? 0,
  framesDecoded: row.framesDecoded ?? 0,
  framesDropped: row.framesDropped ?? 0,
  freezes: row.freezeCount ?? 0,
  fps: row.framesPerSecond ?? 0,
  width: row.frameWidth ?? 0,
  height: row.frameHeight ?? 0,
});
