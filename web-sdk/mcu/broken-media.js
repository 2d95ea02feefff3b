/** @import {Desk} from './desk.js' */
/** @import {Room} from '../core/index.js' */

/** @typedef {'up' | 'down'} Direction */

/** Ends the streams of a media connection that broke and is not back in time. The core repairs on as long as something uses the connection. */
export class BrokenMedia {
  #desk;
  #end;
  /** @type {Map<Direction, any>} */
  #timers = new Map();

  /**
   * @param {Desk} desk
   * @param {Record<Direction, () => void>} end
   */
  constructor(desk, end) {
    this.#desk = desk;
    this.#end = end;
  }

  /** @param {Room} room */
  entered(room) {
    room.on('mediaState', ({ direction, state }) => {
      if (state === 'repairing') return this.#wait(direction);
      clearTimeout(this.#timers.get(direction));
      this.#timers.delete(direction);
    });
  }

  left() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** @param {Direction} direction */
  #wait(direction) {
    if (this.#timers.has(direction)) return;
    const end = () => {
      this.#timers.delete(direction);
      this.#desk.log.add('media is not back', direction);
      this.#end[direction]();
    };
    this.#timers.set(direction, setTimeout(end, this.#desk.ms.repair));
  }
}
