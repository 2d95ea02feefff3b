/** @import {DurablePush} from './wire.js' */

/** An acknowledgement is sent at the latest after so many pushes... */
export const ACK_EVERY = 16;
/** ...or so many milliseconds. */
export const ACK_WITHIN_MS = 2_000;

/**
 * Where this client stands in its room's log: every push is let through once and in order, and what has arrived can be acknowledged.
 * Numbers may be skipped (a message to others takes one), so a gap means nothing. Knows no socket and no clock.
 */
export class PushLog {
  /** The room followed, "" for none. */
  roomId = '';
  /** The last push let through; what `resume` tells the server. */
  lastSeq = 0;
  #unacked = 0;
  /** @type {DurablePush[] | null} pushes that overtook the answer to joinRoom */
  #held = null;

  /** From now on pushes wait for {@link follow}: a joinRoom is on its way. */
  hold() {
    this.#held = [];
  }

  /**
   * The snapshot is here.
   *
   * @param {string} roomId
   * @param {number} seq of the snapshot
   * @returns {DurablePush[]} what was held and is newer than the snapshot
   */
  follow(roomId, seq) {
    const held = this.#held ?? [];
    this.#held = null;
    this.roomId = roomId;
    this.lastSeq = seq;
    this.#unacked = 0;
    return held.filter((push) => this.accept(push));
  }

  /** In no room any more, or the join was refused. */
  leave() {
    this.#held = null;
    this.roomId = '';
    this.lastSeq = 0;
    this.#unacked = 0;
  }

  /**
   * @param {DurablePush} push
   * @returns {boolean} whether it is to be delivered now
   */
  accept(push) {
    if (this.#held) {
      this.#held.push(push);
      return false;
    }
    if (push.roomId !== this.roomId || push.seq <= this.lastSeq) return false;
    this.lastSeq = push.seq;
    this.#unacked++;
    return true;
  }

  /** Whether anything waits for acknowledgement. */
  get owesAck() {
    return this.#unacked > 0;
  }

  /** Whether so much waits that the acknowledgement must go now. */
  get mustAck() {
    return this.#unacked >= ACK_EVERY;
  }

  /** @returns {number} the seq to acknowledge; it counts as acknowledged from here on */
  takeAck() {
    this.#unacked = 0;
    return this.lastSeq;
  }
}
