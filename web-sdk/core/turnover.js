/** How often it is looked whether new tracks flow. */
const LOOK_MS = 60;
/** As much sound as a jitter buffer wants before it plays, in packets of 20 ms. */
const AUDIO_PACKETS = 5;

/** @typedef {{stream: MediaStream, old: MediaStreamTrack[], receiver: RTCRtpReceiver, onDone: () => void}} Replacement */

/**
 * Replaces tracks of streams by their successors from another connection, each when its successor brings sound or pictures, so that who listens misses nothing.
 * An old track whose connection has ended is replaced at once.
 */
export class Turnover {
  /** @type {Set<Replacement>} */
  #waiting = new Set();
  #looking = false;

  get isDone() {
    return this.#waiting.size === 0;
  }

  /** Waits no longer: the old connection is gone. */
  hurry() {
    for (const one of [...this.#waiting]) this.#finish(one);
  }

  /**
   * Nobody wants this stream any more.
   *
   * @param {MediaStream} stream
   */
  forget(stream) {
    for (const one of this.#waiting) if (one.stream === stream) this.#waiting.delete(one);
  }

  /**
   * @param {MediaStream} stream
   * @param {'audio' | 'video'} kind
   * @param {RTCRtpReceiver | undefined} receiver of the track that is to be in the stream, undefined = none
   * @param {() => void} onDone the stream has it, later than this call
   */
  show(stream, kind, receiver, onDone) {
    const old = stream.getTracks().filter((track) => track.kind === kind && track !== receiver?.track);
    if (!receiver || !old.some((track) => track.readyState === 'live')) {
      replace(stream, old, receiver?.track);
      return;
    }
    this.#waiting.add({ stream, old, receiver, onDone });
    if (!this.#looking) void this.#look();
  }

  async #look() {
    this.#looking = true;
    while (this.#waiting.size > 0) {
      for (const one of [...this.#waiting]) if (await flows(one.receiver)) this.#finish(one);
      if (this.#waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    this.#looking = false;
  }

  /** @param {Replacement} one */
  #finish(one) {
    if (!this.#waiting.delete(one)) return; // it was finished or forgotten while it was looked at
    const { track } = one.receiver;
    if (track.readyState === 'live') replace(one.stream, one.old, track); // else its connection has ended, and another successor comes
    one.onDone();
  }
}

/**
 * @param {MediaStream} stream
 * @param {MediaStreamTrack[]} old
 * @param {MediaStreamTrack | undefined} track
 */
function replace(stream, old, track) {
  for (const one of old) stream.removeTrack(one);
  if (track) stream.addTrack(track);
}

/**
 * @param {RTCRtpReceiver} receiver
 * @returns {Promise<boolean>} whether sound or a picture has come, not only packets; true also when nothing can come any more
 */
async function flows(receiver) {
  if (receiver.track.readyState !== 'live') return true;
  try {
    for (const row of (await receiver.getStats()).values()) {
      if (row.type === 'inbound-rtp') return row.kind === 'video' ? row.framesDecoded > 0 : row.packetsReceived > AUDIO_PACKETS;
    }
  } catch {
    return true; // its connection was closed meanwhile
  }
  return false;
}
