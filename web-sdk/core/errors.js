/**
 * What goes wrong, in one shape. `code` above 0 is the server's (docs/errors.md; `name` is its name there, such as `ROOM_FULL`); below 0 it is the SDK's own:
 *
 * | code | name | meaning |
 * | --- | --- | --- |
 * | -1 | `TIMEOUT` | no answer in time; whether it was done is not known |
 * | -2 | `CONNECTION_LOST` | no server could be reached |
 * | -3 | `CLOSED` | the session, room or feed was closed on this side, or is over |
 * | -4 | `MEDIA_FAILED` | the browser could not make or apply a session description |
 * | -5 | `UPLOAD_FAILED` | the file store could not be reached, or refused |
 */
export class ParleyError extends Error {
  /**
   * @param {number} code
   * @param {string} name
   * @param {string} message what happened and what to do about it
   */
  constructor(code, name, message) {
    super(message);
    this.code = code;
    this.name = name;
  }
}

/** Numbers of the server that the SDK itself acts on. */
export const Code = Object.freeze({
  ROOM_NOT_FOUND: 1003,
  NOT_IN_ROOM: 1006,
  FEED_NOT_FOUND: 1009,
  NODE_NOT_FOUND: 2001,
  NO_NODE: 2002,
  RELAY_ROOM_NOT_FOUND: 2004,
  MEDIA_UNAVAILABLE: 2006,
  SESSION_GONE: 5007,
  NOT_CONNECTED: 5008,
  TOO_MANY: 5009,
  INTERNAL: 9004,
  UNAVAILABLE: 9005,
  TIMEOUT: -1,
  CONNECTION_LOST: -2,
  CLOSED: -3,
  MEDIA_FAILED: -4,
  UPLOAD_FAILED: -5,
});

/** @param {string} what */
export const timedOut = (what) => new ParleyError(Code.TIMEOUT, 'TIMEOUT', `${what}: no answer in time; try again.`);

/** @param {string} why */
export const connectionLost = (why) => new ParleyError(Code.CONNECTION_LOST, 'CONNECTION_LOST', why);

/** @param {string} why */
export const closed = (why) => new ParleyError(Code.CLOSED, 'CLOSED', why);

/** @param {string} why */
export const mediaFailed = (why) => new ParleyError(Code.MEDIA_FAILED, 'MEDIA_FAILED', why);

/** @param {string} why */
export const uploadFailed = (why) => new ParleyError(Code.UPLOAD_FAILED, 'UPLOAD_FAILED', why);

/**
 * Whether the same request may succeed a little later.
 *
 * @param {unknown} error
 */
export function isPassing(error) {
  if (!(error instanceof ParleyError)) return false;
  /** @type {number[]} */
  const passing = [Code.TIMEOUT, Code.CONNECTION_LOST, Code.TOO_MANY, Code.INTERNAL, Code.UNAVAILABLE, Code.MEDIA_FAILED];
  return passing.includes(error.code) || (error.code >= 2000 && error.code < 3000);
}

/**
 * Whether a request failed, undone, because no media server was there for it just then.
 *
 * @param {unknown} error
 */
export function isWithoutServer(error) {
  /** @type {number[]} */
  const codes = [Code.NODE_NOT_FOUND, Code.NO_NODE, Code.RELAY_ROOM_NOT_FOUND, Code.MEDIA_UNAVAILABLE];
  return error instanceof ParleyError && codes.includes(error.code);
}
