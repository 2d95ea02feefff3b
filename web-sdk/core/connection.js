import { backoffMs, Pause } from './backoff.js';
import { Emitter } from './emitter.js';
import { Code, ParleyError, closed, connectionLost, isPassing, timedOut } from './errors.js';
import { ACK_WITHIN_MS, PushLog } from './pushes.js';

/** @import {DurablePush, EphemeralPush, Hello, Requests, Resumed, Signature, Snapshot} from './wire.js' */

/** How long a socket may take to open and answer connect or resume, in milliseconds; then the next address is tried. */
const HANDSHAKE_MS = 5_000;
/** How long a request may take unless it says otherwise, reconnecting included. */
const REQUEST_MS = 15_000;
/** A ping without answer for so long means that the socket is dead. */
const PONG_MS = 5_000;

/**
 * @typedef {object} ConnectionOptions
 * @property {string[]} urls WebSocket addresses of any copies of the server; when one is gone the next is tried
 * @property {string | Promise<string>} [token] a promise: the socket is opened while the token is fetched
 * @property {() => Promise<Signature>} [sign] instead of `token`: asked anew for each connect
 * @property {string} [displayName] with `sign`
 * @property {{kind: string, version: string}} [client]
 * @property {number} [connectTimeoutMs] to the first connection, all addresses together; default 15 000
 * @property {number} [giveUpMs] how long to try to get back before the session counts as lost; default 300 000
 * @property {typeof WebSocket} [WebSocket] another implementation, for tests outside a browser
 */

/**
 * @typedef {'connecting' | 'open' | 'reconnecting' | 'closed'} ConnectionState
 * @typedef {'closed' | 'gone' | 'displaced' | 'unreachable'} EndReason closed: by this side; gone: too long away; displaced: the same uid connected
 *   elsewhere; unreachable: no server answered for `giveUpMs`
 */

/**
 * @typedef {object} ConnectionEvents
 * @property {ConnectionState} state
 * @property {DurablePush} push durable, in order, each once
 * @property {EphemeralPush} signal
 * @property {Resumed} resumed
 * @property {ParleyError} fault the server did not understand something; a bug on one of the two sides
 * @property {{reason: EndReason, error: ParleyError}} ended the last event
 */

/** @typedef {{type: string, data: any, text: string, resolve: (data: any) => void, reject: (error: Error) => void, timer: any}} Pending */

/**
 * One session with the server, over as many sockets, one after the other, as it takes. Requests made while there is no socket wait for the next one;
 * requests that were on their way when a socket broke are sent again after the resume under the same `requestKey`, which the server does once.
 *
 * @extends {Emitter<ConnectionEvents>}
 */
export class Connection extends Emitter {
  /** @type {ConnectionState} */
  state = 'connecting';
  /** @type {Hello | null} */
  hello = null;
  /** @type {number} server's clock minus ours, milliseconds */
  clockOffsetMs = 0;
  log = new PushLog();

  /** @type {ConnectionOptions} */
  #options;
  #urlIndex = 0;
  /** @type {unknown} why there will be no token, however often it is tried */
  #tokenError;
  /** @type {WebSocket | null} */
  #socket = null;
  #nextId = 1;
  #keyPrefix = Math.random().toString(36).slice(2, 12);
  /** @type {Map<number, Pending>} in order of asking */
  #pending = new Map();
  /** @type {{id: number, done: (data: any) => void, failed: (error: ParleyError) => void} | null} */
  #handshake = null;
  #pause = new Pause();
  /** @type {any} */
  #pingTimer = null;
  /** @type {any} */
  #ackTimer = null;
  /** @type {Snapshot | null} one that came by resume while a joinRoom was under way */
  #strayed = null;
  #onOnline = () => this.#pause.wake();

  /** @param {ConnectionOptions} options */
  constructor(options) {
    super();
    if (options.urls.length === 0) throw new TypeError('urls is empty');
    this.#options = options;
    Promise.resolve(options.token).catch((error) => (this.#tokenError = error)); // told by open()
  }

  /**
   * @returns {Promise<Hello>} of the new session
   * @throws {ParleyError} the server's refusal, or CONNECTION_LOST
   */
  async open() {
    globalThis.addEventListener?.('online', this.#onOnline);
    try {
      const hello = await this.#establish(this.#options.connectTimeoutMs ?? 15_000);
      return hello;
    } catch (error) {
      this.#end('closed', asParleyError(error));
      throw error;
    }
  }

  /**
   * @template {keyof Requests} K
   * @param {K} type
   * @param {Requests[K]['data']} data
   * @param {{timeoutMs?: number}} [options]
   * @returns {Promise<Requests[K]['answer']>}
   * @throws {ParleyError}
   */
  request(type, data, options = {}) {
    if (this.state === 'closed') return Promise.reject(closed('The session is over; connect anew.'));
    const id = this.#nextId++;
    const keyed = type === 'ping' ? data : { ...data, requestKey: `${this.#keyPrefix}-${id}` };
    const text = JSON.stringify({ id, type, data: keyed });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(timedOut(type));
      }, options.timeoutMs ?? REQUEST_MS);
      this.#pending.set(id, { type, data: keyed, text, resolve, reject, timer });
      if (this.state === 'open') this.#socket?.send(text);
    });
  }

  /** A joinRoom is about to be sent: pushes wait until {@link follow}. */
  holdPushes() {
    this.#strayed = null;
    this.log.hold();
  }

  /**
   * The join is answered.
   *
   * @param {Snapshot} snapshot
   * @param {(snapshot: Snapshot) => void} deliver called with the newest snapshot that is here, before the pushes that follow it
   */
  follow(snapshot, deliver) {
    const strayed = /** @type {Snapshot | null} */ (this.#strayed);
    const newest = strayed && strayed.roomId === snapshot.roomId && strayed.seq > snapshot.seq ? strayed : snapshot;
    this.#strayed = null;
    const held = this.log.follow(newest.roomId, newest.seq);
    deliver(newest);
    for (const push of held) this.emit('push', push);
    this.#acknowledge();
  }

  /** Ends the session at the server, at once. Requests under way are refused with CLOSED. */
  close() {
    if (this.state === 'closed') return;
    if (this.state === 'open') {
      if (this.log.owesAck) this.#sendAck();
      this.#socket?.send(JSON.stringify({ id: this.#nextId++, type: 'bye', data: {} }));
    }
    this.#end('closed', closed('The session was closed.'));
  }

  /**
   * Tries the addresses in turn until one answers.
   *
   * @param {number} withinMs
   * @returns {Promise<any>}
   */
  async #establish(withinMs) {
    const deadline = Date.now() + withinMs;
    for (let attempt = 0; ; attempt++) {
      await this.#pause.wait(backoffMs(attempt < this.#options.urls.length ? 0 : attempt - this.#options.urls.length + 1));
      if (this.#isClosed()) throw closed('The session was closed.');
      const url = this.#options.urls[this.#urlIndex % this.#options.urls.length];
      try {
        return await this.#attempt(url, Math.min(HANDSHAKE_MS, Math.max(1, deadline - Date.now())));
      } catch (error) {
        if (this.#isClosed() || error === this.#tokenError || !isPassing(error) || Date.now() >= deadline) throw error;
        this.#urlIndex++;
      }
    }
  }

  /**
   * One socket: open, say connect or resume, wait for the answer.
   *
   * @param {string} url
   * @param {number} withinMs
   */
  #attempt(url, withinMs) {
    const first = this.#firstMessage();
    const Socket = this.#options.WebSocket ?? WebSocket;
    const socket = new Socket(url, 'parley.v1');
    this.#socket = socket;
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      /** @param {ParleyError} error */
      const failed = (error) => {
        clearTimeout(timer);
        if (this.#handshake?.id === id) this.#handshake = null;
        if (this.#socket === socket) this.#socket = null;
        socket.close();
        reject(error);
      };
      const timer = setTimeout(() => failed(connectionLost(`The server at ${url} did not answer in time.`)), withinMs);
      this.#handshake = {
        id,
        failed,
        done: (data) => {
          clearTimeout(timer);
          this.#handshake = null;
          this.#established(data);
          resolve(data);
        },
      };
      socket.onopen = () =>
        first.then(
          (message) => this.#socket === socket && socket.send(JSON.stringify({ id, ...message })),
          (error) => this.#socket === socket && failed(error),
        );
      first.catch(() => {}); // told when the socket is open
      socket.onmessage = (event) => {
        if (this.#socket === socket) this.#receive(event.data);
      };
      socket.onerror = () => {}; // close follows and says the same
      socket.onclose = () => {
        if (this.#socket !== socket) return;
        if (this.#handshake?.id === id) failed(connectionLost(`The server at ${url} cannot be reached.`));
        else this.#lost();
      };
    });
  }

  async #firstMessage() {
    const hello = this.hello;
    if (hello) return { type: 'resume', data: { sessionId: hello.sessionId, resumeToken: hello.resumeToken, lastSeq: this.log.lastSeq } };
    const { token, sign, displayName, client } = this.#options;
    const data = token !== undefined ? { token: await token, client } : { signature: await sign?.(), displayName, client };
    return { type: 'connect', data };
  }

  /**
   * Runs within the handling of the answer, so before any push that follows it.
   *
   * @param {any} data Hello or Resumed
   */
  #established(data) {
    const resumed = this.hello !== null;
    if (!resumed) {
      this.hello = data;
      this.clockOffsetMs = data.serverTimeMs - Date.now();
    }
    this.#setState('open');
    this.#schedulePing();
    if (resumed) this.#resumed(data);
    for (const pending of this.#pending.values()) this.#socket?.send(pending.text);
  }

  /** @param {Resumed} data */
  #resumed(data) {
    if (data.snapshot && data.snapshot.roomId !== this.log.roomId) {
      this.#strayed = data.snapshot; // the answer to joinRoom was lost with the socket and is asked for again
      return;
    }
    if (data.snapshot) this.log.follow(data.snapshot.roomId, data.snapshot.seq);
    this.emit('resumed', data);
  }

  /** @param {string} text */
  #receive(text) {
    /** @type {any} */
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      this.emit('fault', new ParleyError(9001, 'BAD_REQUEST', 'The server sent what is no JSON.'));
      return;
    }
    if (typeof message.re === 'number') this.#answered(message);
    else if (typeof message.seq === 'number') this.#pushed(message);
    else if (typeof message.type === 'string') this.emit('signal', message);
    else if (message.code === Code.SESSION_GONE) this.#end('displaced', errorOf(message));
    else if (message.code) this.emit('fault', errorOf(message));
  }

  /** @param {any} message */
  #answered(message) {
    const handshake = this.#handshake;
    if (handshake && handshake.id === message.re) {
      if (message.code === 0) handshake.done(message.data ?? {});
      else handshake.failed(errorOf(message));
      return;
    }
    const pending = this.#pending.get(message.re);
    if (!pending) return; // it has timed out
    this.#pending.delete(message.re);
    clearTimeout(pending.timer);
    if (message.code === 0) pending.resolve(message.data ?? {});
    else pending.reject(errorOf(message));
  }

  /** @param {DurablePush} push */
  #pushed(push) {
    if (!this.log.accept(push)) return;
    this.emit('push', push);
    this.#acknowledge();
  }

  #acknowledge() {
    if (this.log.mustAck) this.#sendAck();
    else if (this.log.owesAck) this.#ackTimer ??= setTimeout(() => this.#sendAck(), ACK_WITHIN_MS);
  }

  #sendAck() {
    clearTimeout(this.#ackTimer);
    this.#ackTimer = null;
    if (this.state === 'open' && this.log.owesAck) this.#socket?.send(JSON.stringify({ type: 'ack', seq: this.log.takeAck() }));
  }

  #schedulePing() {
    clearTimeout(this.#pingTimer);
    const everyMs = (this.hello?.heartbeatSeconds ?? 10) * 1000 * 0.8;
    const socket = this.#socket;
    this.#pingTimer = setTimeout(() => {
      this.request('ping', {}, { timeoutMs: Math.min(PONG_MS, everyMs) }).then(
        () => this.#schedulePing(),
        () => {
          if (this.#socket === socket && this.state === 'open') this.#lost();
        },
      );
    }, everyMs);
  }

  /** The socket is dead: get the session back on another one. */
  #lost() {
    this.#dropSocket();
    for (const [id, pending] of this.#pending) {
      if (pending.type !== 'ping') continue;
      clearTimeout(pending.timer);
      this.#pending.delete(id);
    }
    this.#setState('reconnecting');
    this.#establish(this.#options.giveUpMs ?? 300_000).catch((error) => {
      if (!this.#isClosed()) this.#end(error.code > 0 && !isPassing(error) ? 'gone' : 'unreachable', asParleyError(error));
    });
  }

  #dropSocket() {
    clearTimeout(this.#pingTimer);
    clearTimeout(this.#ackTimer);
    this.#ackTimer = null;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /**
   * @param {EndReason} reason
   * @param {ParleyError} error
   */
  #end(reason, error) {
    if (this.#isClosed()) return;
    globalThis.removeEventListener?.('online', this.#onOnline);
    this.#dropSocket();
    this.#setState('closed');
    this.#handshake?.failed(error);
    this.#pause.wake();
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(error);
    }
    this.#pending.clear();
    this.emit('ended', { reason, error });
  }

  #isClosed() {
    return this.state === 'closed';
  }

  /** @param {ConnectionState} state */
  #setState(state) {
    if (this.state === state) return;
    this.state = state;
    this.emit('state', state);
  }
}

/** @param {{code: number, error?: string, message?: string}} message */
function errorOf(message) {
  return new ParleyError(message.code, message.error ?? 'UNKNOWN', message.message ?? 'The server refused.');
}

/** @param {unknown} error */
function asParleyError(error) {
  return error instanceof ParleyError ? error : connectionLost(String(error));
}
