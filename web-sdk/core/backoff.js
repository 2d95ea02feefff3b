/** First retry at once: most breaks are one lost socket. Then doubling from here, in milliseconds... */
export const FIRST_DELAY_MS = 250;
/** ...up to this. */
export const LONGEST_DELAY_MS = 5_000;

/**
 * How long to wait before a retry. Half of it is chance, so that the clients of a server that died do not come back as one wave.
 *
 * @param {number} attempt 0 = the first retry
 * @param {() => number} [random] in [0, 1)
 * @returns {number} milliseconds
 */
export function backoffMs(attempt, random = Math.random) {
  if (attempt <= 0) return 0;
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 20));
  return Math.round(full / 2 + (full / 2) * random());
}

/** A wait that somebody else may cut short, as when the network is back or a new place for the media is known. */
export class Pause {
  /** @type {(() => void) | null} */
  #end = null;

  /**
   * @param {number} ms
   * @returns {Promise<void>} after `ms`, or at {@link wake}
   */
  wait(ms) {
    this.wake();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#end?.(), ms);
      this.#end = () => {
        this.#end = null;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  wake() {
    this.#end?.();
  }
}
