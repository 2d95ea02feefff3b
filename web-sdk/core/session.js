import { Connection } from './connection.js';
import { Emitter } from './emitter.js';
import { ParleyError, closed } from './errors.js';
import { Room } from './room.js';

/** @import {ConnectionState, EndReason} from './connection.js' */
/** @import {Route} from './link.js' */
/** @import {RecordingFacts, Requests, Signature} from './wire.js' */

export const SDK_VERSION = '0.1.0';

/**
 * @typedef {object} ConnectOptions
 * @property {string} [url] of the server, such as `https://host` (default: the page's own); `/v1/ws` is added when it has no path
 * @property {string[]} [urls] of several copies; any of them serves, the next is tried when one is gone
 * @property {string | Promise<string>} [token] JWT of this user; a promise: the socket is opened while the token is fetched
 * @property {() => Promise<Signature>} [sign] instead of `token`
 * @property {string} [displayName] with `sign`
 * @property {number} [connectTimeoutMs] default 15 000
 * @property {number} [giveUpMs] how long to try to come back after a break; default 300 000
 * @property {typeof WebSocket} [WebSocket] another implementation, for tests outside a browser
 */

/**
 * An invitation into a room. `expiresAtMs` is by the server's clock.
 *
 * @typedef {object} Invitation
 * @property {string} inviteId
 * @property {string} roomId
 * @property {string} rtoken the room's
 * @property {string} inviterUid
 * @property {string} inviterName
 * @property {any} [extra]
 * @property {boolean} audio
 * @property {boolean} video
 * @property {number} expiresAtMs
 */

/**
 * @typedef {object} SessionEvents
 * @property {ConnectionState} state `reconnecting` while there is no socket; calls go on, requests wait
 * @property {Invitation} invited
 * @property {{inviteId: string}} inviteCancelled
 * @property {ParleyError} fault
 * @property {{reason: EndReason, error: ParleyError}} ended the session is over; connect anew to go on
 */

/**
 * @typedef {object} JoinOptions
 * @property {string} roomId
 * @property {string} [rtoken] the room's password, from createRoom or an invitation; not needed when the token names the room
 * @property {string} [pin]
 * @property {any} [extra] any JSON for the others to see, at most 4 KiB
 * @property {boolean} [autoSubscribe] receive every feed of the others (default true)
 * @property {Route} [route] how media may travel
 */

/**
 * One user's session with the server. It survives broken sockets, and copies of the server that go away.
 *
 * @extends {Emitter<SessionEvents>}
 */
export class Session extends Emitter {
  #connection;
  /** @type {Room | null} */
  #room = null;
  #joining = false;

  /** @param {Connection} connection that is open */
  constructor(connection) {
    super();
    this.#connection = connection;
    connection.on('state', (state) => this.emit('state', state));
    connection.on('fault', (fault) => this.emit('fault', fault));
    connection.on('signal', (signal) => {
      if (signal.type === 'invited') this.emit('invited', signal.data);
      else if (signal.type === 'inviteCancelled') this.emit('inviteCancelled', signal.data);
      else this.#room?.onSignal(signal);
    });
    connection.on('push', (push) => this.#room?.onPush(push));
    connection.on('resumed', (resumed) => {
      if (this.#room && resumed.roomId !== this.#room.roomId) this.#room.onOver('lost');
      else if (resumed.snapshot) this.#room?.onSnapshot(resumed.snapshot);
    });
    connection.on('ended', (ended) => {
      this.#room?.onOver('lost');
      this.emit('ended', ended);
    });
  }

  /** My id in the application. */
  get uid() {
    return this.#connection.hello?.uid ?? '';
  }

  get displayName() {
    return this.#connection.hello?.displayName ?? '';
  }

  get sessionId() {
    return this.#connection.hello?.sessionId ?? '';
  }

  /** @returns {ConnectionState} */
  get state() {
    return this.#connection.state;
  }

  /** The server's clock, milliseconds since the epoch. */
  get serverNowMs() {
    return Date.now() + this.#connection.clockOffsetMs;
  }

  /** The room that I am in, or null. */
  get room() {
    return this.#room;
  }

  /**
   * Creates a room and does not enter it.
   *
   * @param {Requests['createRoom']['data']} [options] `capacity` 1 to 1000, default 50; without `roomId` the server makes one of 9 digits
   * @returns {Promise<{roomId: string, rtoken: string}>}
   * @throws {ParleyError} NOT_ALLOWED, BAD_REQUEST
   */
  createRoom(options = {}) {
    return this.#connection.request('createRoom', options);
  }

  /**
   * @param {JoinOptions} options
   * @returns {Promise<Room>} in which I am
   * @throws {ParleyError} ROOM_NOT_FOUND, ROOM_TOKEN_WRONG, PIN_REQUIRED, ROOM_FULL, ROOM_LOCKED, ROOM_ENDED, ALREADY_IN_ROOM
   */
  async join({ autoSubscribe = true, route, ...data }) {
    const connection = this.#connection;
    if (this.#room || this.#joining) throw new ParleyError(1007, 'ALREADY_IN_ROOM', 'You are in a room already; leave it first.');
    this.#joining = true;
    connection.holdPushes();
    let snapshot;
    try {
      snapshot = await connection.request('joinRoom', data);
    } catch (error) {
      connection.log.leave();
      throw error;
    } finally {
      this.#joining = false;
    }
    /** @type {Room | undefined} */
    let room;
    connection.follow(snapshot, (newest) => {
      room = this.#room = new Room(connection, newest, { autoSubscribe, route });
      room.on('ended', () => {
        if (this.#room !== room) return;
        this.#room = null;
        connection.log.leave();
      });
    });
    if (!room) throw closed('The room is over.');
    return room;
  }

  /**
   * @param {string} inviteId
   * @param {boolean} accept
   * @returns {Promise<{roomId?: string, rtoken?: string}>} what {@link join} needs, when accepted
   * @throws {ParleyError} INVITATION_NOT_FOUND
   */
  replyInvite(inviteId, accept) {
    return this.#connection.request('replyInvite', { inviteId, accept });
  }

  /**
   * A recording of my application, running or over; I need not be in a room.
   *
   * @param {string} recordId
   * @param {Signature} [signature] of the recordId in place of the uid; then it has to be right
   * @returns {Promise<RecordingFacts>}
   * @throws {ParleyError} RECORDING_NOT_FOUND, NOT_ALLOWED, SIGNATURE_INVALID
   */
  recordingInfo(recordId, signature) {
    return this.#connection.request('recordingInfo', { recordId, signature });
  }

  /**
   * Recordings, newest first: my own, or with scope moderate those of the application.
   *
   * @param {Requests['listRecordings']['data']} [filter] `name`: a part of it; `fromMs`, `toMs`: begun in between; `page` from 0
   * @returns {Promise<{recordings: RecordingFacts[], total: number}>}
   * @throws {ParleyError} NOT_ALLOWED for another's
   */
  listRecordings(filter = {}) {
    return this.#connection.request('listRecordings', filter);
  }

  /**
   * Deletes recordings that are over, with their files: all of them or none.
   *
   * @param {string[]} recordIds
   * @throws {ParleyError} RECORDING_NOT_FOUND, NOT_ALLOWED, RECORDING_STATE
   */
  async deleteRecordings(recordIds) {
    await this.#connection.request('deleteRecordings', { recordIds });
  }

  /** Leaves the room if I am in one, and ends the session. Safe to repeat. */
  close() {
    this.#room?.onOver('left');
    this.#connection.close();
  }
}

/**
 * @param {ConnectOptions} options
 * @returns {Promise<Session>}
 * @throws {ParleyError} TOKEN_INVALID, SIGNATURE_INVALID, CONNECTION_LOST when no server answers
 */
export async function connect(options) {
  const { url, urls, ...rest } = options;
  const addresses = (urls ?? [url ?? globalThis.location?.href ?? '']).map(socketUrl);
  const connection = new Connection({ client: { kind: 'web', version: SDK_VERSION }, ...rest, urls: addresses });
  await connection.open();
  return new Session(connection);
}

/**
 * @param {string} url http(s) or ws(s), absolute or relative to the page
 * @returns {string}
 */
export function socketUrl(url) {
  const address = new URL(url, globalThis.location?.href);
  address.protocol = address.protocol.replace('http', 'ws');
  address.search = '';
  address.hash = '';
  if (!address.pathname.endsWith('/v1/ws')) address.pathname = '/v1/ws';
  return address.href;
}
