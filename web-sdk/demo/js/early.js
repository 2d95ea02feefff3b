/** @import {Session} from '/sdk/core/index.js' */

/** @typedef {{session: Session, token: string}} Opened */
/** @typedef {(name: string, bizName: string) => Promise<Opened>} Open */

/** So long a name must stand before a session is opened for it. */
const SETTLED_MS = 400;
/** A session that nobody has used for so long is closed: the server need not keep a lobby that somebody has left open. */
const UNUSED_MS = 5 * 60_000;

/**
 * A session opened while somebody is still in the lobby, so that the click on Join has only the join itself to wait for. At most one at a time, for the name that stands in the
 * field. What goes wrong early is nobody's concern: the click tries anew, and tells.
 */
export class EarlySession {
  #open;
  /** @type {{key: string, opened: Promise<Opened>} | null} */
  #early = null;
  /** @type {any} */
  #settling;
  /** @type {any} */
  #unused;

  /** @param {Open} open a token and a connected session */
  constructor(open) {
    this.#open = open;
  }

  /**
   * This name stands in the field now. Returns at once.
   *
   * @param {string} name "" for none
   * @param {string} bizName
   */
  expect(name, bizName) {
    clearTimeout(this.#settling);
    if (this.#early?.key !== keyOf(name, bizName)) this.drop();
    if (name && !this.#early) this.#settling = setTimeout(() => this.#begin(name, bizName), SETTLED_MS);
  }

  /**
   * The session for this name: the early one when it lives, else a new one. It is the caller's from now on.
   *
   * @param {string} name
   * @param {string} bizName
   * @returns {Promise<Opened>}
   * @throws {import('/sdk/core/index.js').ParleyError}
   */
  async take(name, bizName) {
    clearTimeout(this.#settling);
    if (this.#early?.key === keyOf(name, bizName)) {
      const { opened } = this.#early;
      this.#forget();
      const early = await opened.catch(() => null);
      if (early?.session.state === 'open') return early;
      early?.session.close();
    }
    this.drop();
    return this.#open(name, bizName);
  }

  /** Closes it, if there is one. */
  drop() {
    clearTimeout(this.#settling);
    this.#early?.opened.then(({ session }) => session.close()).catch(() => {});
    this.#forget();
  }

  /**
   * @param {string} name
   * @param {string} bizName
   */
  #begin(name, bizName) {
    const opened = this.#open(name, bizName);
    const early = (this.#early = { key: keyOf(name, bizName), opened });
    opened.catch(() => {
      if (this.#early === early) this.#forget();
    });
    this.#unused = setTimeout(() => this.drop(), UNUSED_MS);
  }

  #forget() {
    clearTimeout(this.#unused);
    this.#early = null;
  }
}

/**
 * @param {string} name
 * @param {string} bizName
 */
const keyOf = (name, bizName) => `${bizName}\n${name}`;
