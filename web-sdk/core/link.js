import { backoffMs, Pause } from './backoff.js';
import { Emitter } from './emitter.js';
import { Code, ParleyError, closed, mediaFailed } from './errors.js';

/** @import {FeedWish, RefusedFeed, Request, TrackBinding} from './wire.js' */

/** `disconnected` often heals by itself; so long it may. */
const DISCONNECTED_MS = 1_500;
/** So long the old connection may go on beside the one at the media's new place. */
const RETIRE_MS = 20_000;
/** A restart or a new connection that is not up after so long is tried anew. */
const CONNECT_MS = 6_000;

/**
 * How media may travel between this browser and the relay.
 *
 * @typedef {object} Route
 * @property {'all' | 'udp' | 'tcp'} [protocol] default `all`; changing it counts for the next connection
 * @property {'all' | 'relay'} [through] `relay`: by TURN servers only; default `all`
 * @property {RTCIceServer[]} [iceServers] instead of the server's own
 */

/** @typedef {'idle' | 'connecting' | 'connected' | 'repairing' | 'closed'} LinkState */

/**
 * @typedef {object} LinkEvents
 * @property {LinkState} state
 */

/**
 * One direction of a participant's media: an RTCPeerConnection, one negotiation at a time, and its repair. The client always offers. A repair first restarts ICE;
 * when that does not bring the media back, or the room's media has moved, a new RTCPeerConnection takes over everything through `renegotiate`. After a move the old
 * connection goes on beside the new one for a while: where it still lives, nothing is missed.
 *
 * @abstract
 * @extends {Emitter<LinkEvents>}
 */
export class Link extends Emitter {
  /** @type {LinkState} */
  state = 'idle';
  /** @type {RTCPeerConnection | null} */
  pc = null;
  /** How often this connection was restarted or replaced. */
  repairs = 0;

  #direction;
  #route;
  /** @type {RTCConfiguration} */
  #config;
  /** @type {Promise<unknown>} the last of the operations that wait for their turn */
  #last = Promise.resolve();
  #healing = false;
  #replaceWanted = false;
  /** The media has moved since the last replacement. */
  #moved = false;
  /** @type {RTCPeerConnection | null} to the media's old place */
  #old = null;
  /** @type {any} */
  #oldTimer = null;
  /** The connection has failed since the last repair. */
  #failed = false;
  #pause = new Pause();
  /** @type {((error: ParleyError) => void) | null} gives up the exchange that is under way */
  #abandon = null;
  /** @type {any} */
  #grace = null;

  /**
   * @param {'up' | 'down'} direction
   * @param {Request} request
   * @param {RTCIceServer[]} iceServers
   * @param {Route} [route]
   */
  constructor(direction, request, iceServers, route = {}) {
    super();
    this.#direction = direction;
    this.request = request;
    this.#route = route;
    this.#config = {
      iceServers: route.iceServers ?? iceServers,
      iceTransportPolicy: route.through ?? 'all',
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
    };
  }

  /**
   * Makes m-lines in a new connection for everything that is in use, and forgets those of the old one.
   *
   * @abstract
   * @param {RTCPeerConnection} _pc
   */
  rebuild(_pc) {
    throw new TypeError('rebuild is abstract');
  }

  /**
   * @abstract
   * @returns {TrackBinding[]} all in use; mids are known only after setLocalDescription
   */
  bindings() {
    throw new TypeError('bindings is abstract');
  }

  /**
   * @abstract
   * @returns {boolean} whether a new connection would carry anything
   */
  inUse() {
    throw new TypeError('inUse is abstract');
  }

  /** @returns {FeedWish[]} that a new connection must be told */
  wishes() {
    return [];
  }

  /** The connection to the media's old place is over. */
  retired() {}

  /** After a new connection is in place. */
  rebuilt() {}

  /**
   * What a renegotiation could not have, such as a feed whose publisher is not back at the new place yet.
   *
   * @param {RefusedFeed[]} _refused
   */
  refused(_refused) {}

  /**
   * Runs operations one after the other, in the order of asking.
   *
   * @template T
   * @param {() => Promise<T>} operation
   * @returns {Promise<T>}
   */
  exclusive(operation) {
    const result = this.#last.then(() => {
      if (this.state === 'closed') throw closed('The room was left.');
      return operation();
    });
    this.#last = result.catch(() => {});
    return result;
  }

  /** @returns {RTCPeerConnection} the present one, else a new one */
  ensure() {
    if (this.pc) return this.pc;
    this.#setState('connecting');
    return this.#create();
  }

  /**
   * Offer, exchange, answer. When the exchange is refused, the offer is taken back.
   *
   * @template {{sdp?: string}} A
   * @param {(sdp: string) => Promise<A>} exchange
   * @param {{iceRestart?: boolean}} [options]
   * @returns {Promise<A>}
   * @throws {ParleyError} the server's refusal, or MEDIA_FAILED
   */
  async negotiate(exchange, { iceRestart = false } = {}) {
    const pc = this.ensure();
    if (iceRestart) pc.restartIce();
    await local(pc.setLocalDescription());
    const offer = /** @type {RTCSessionDescription} */ (pc.localDescription).sdp;
    try {
      /** @type {Promise<A>} */
      const abandoned = new Promise((_, reject) => (this.#abandon = reject));
      const answer = await Promise.race([exchange(offer), abandoned]);
      if (answer.sdp) await local(pc.setRemoteDescription({ type: 'answer', sdp: onlyBy(this.#route.protocol, answer.sdp) }));
      return answer;
    } catch (error) {
      if (pc.signalingState === 'have-local-offer') await pc.setLocalDescription({ type: 'rollback' }).catch(() => {});
      if (isUnclear(error) && this.pc === pc) this.heal('replace'); // the two sides may not mean the same any more
      throw error;
    } finally {
      this.#abandon = null;
    }
  }

  /**
   * Brings the media back; returns at once. Asked again while at it, it goes on with what is wanted most.
   *
   * @param {'restart' | 'replace'} how
   */
  heal(how) {
    if (this.state === 'closed' || !this.pc) return;
    if (how === 'replace') {
      this.#replaceWanted = true;
      if (this.#healing) {
        this.#abandon?.(mediaFailed('The media has moved.'));
        this.#pause.wake();
      }
    }
    if (this.#healing) return;
    this.#healing = true;
    this.#healUntilUp().finally(() => (this.#healing = false));
  }

  /** The room's media has a new place. */
  moved() {
    this.#moved = this.pc !== null;
    this.#abandon?.(mediaFailed('The media has moved.'));
    this.heal('replace');
  }

  /** Ends what is left of the connection to the media's old place. */
  retire() {
    const old = this.#old;
    if (!old) return;
    clearTimeout(this.#oldTimer);
    this.#old = null;
    old.close();
    this.retired();
  }

  close() {
    this.#setState('closed');
    clearTimeout(this.#grace);
    this.#pause.wake();
    this.#abandon?.(closed('The room was left.'));
    this.#drop();
    this.retire();
  }

  async #healUntilUp() {
    for (let attempt = 0; this.state !== 'closed' && this.pc; attempt++) {
      if (!this.#isCarried) this.#setState('repairing');
      if (attempt > 0 && !this.#replaceWanted) await this.#pause.wait(backoffMs(attempt - 1));
      const replace = this.#replaceWanted || attempt > 0;
      this.#replaceWanted = false;
      this.#failed = false;
      this.repairs++;
      try {
        await this.exclusive(() => (replace ? this.#replace() : this.#restart()));
        if (!this.pc) return;
        if ((await this.#isUpWithin(CONNECT_MS)) && !this.#replaceWanted) {
          this.#setState('connected');
          return;
        }
      } catch (error) {
        if (error instanceof ParleyError && (error.code === Code.NOT_IN_ROOM || error.code === Code.SESSION_GONE)) return;
      }
    }
  }

  async #restart() {
    const { refused = [] } = await this.#renegotiate({ iceRestart: true });
    this.refused(refused);
  }

  async #replace() {
    if (this.#moved) this.#keep();
    this.#moved = false;
    this.#drop();
    if (!this.inUse()) {
      this.retire();
      this.#setState('idle');
      return;
    }
    this.#create();
    const { refused = [] } = await this.#renegotiate();
    this.refused(refused);
    this.rebuilt();
  }

  /** @param {{iceRestart?: boolean}} [options] */
  #renegotiate(options) {
    return this.negotiate(
      (sdp) => this.request('renegotiate', { direction: this.#direction, sdp, tracks: this.bindings(), wishes: this.wishes() }),
      options,
    );
  }

  #create() {
    const pc = (this.pc = new RTCPeerConnection(this.#config));
    this.rebuild(pc);
    pc.onconnectionstatechange = () => {
      if (this.pc !== pc) return;
      clearTimeout(this.#grace);
      switch (pc.connectionState) {
        case 'connected':
          this.#setState('connected');
          this.#pause.wake();
          break;
        case 'disconnected':
          this.#grace = setTimeout(() => this.heal('restart'), DISCONNECTED_MS);
          break;
        case 'failed':
          this.#failed = true;
          this.#pause.wake();
          this.heal('restart');
          break;
        default:
      }
    };
    return pc;
  }

  /**
   * The media's old place gets no more of this track either.
   *
   * @param {MediaStreamTrack | null} track
   */
  withhold(track) {
    if (!track) return;
    for (const sender of this.#old?.getSenders() ?? []) if (sender.track === track) void sender.replaceTrack(null).catch(() => {});
  }

  /** Lets the present connection go on beside the one that comes. */
  #keep() {
    const old = this.pc;
    if (this.#old || old?.connectionState !== 'connected') return; // of two the first carries the media, if any does
    this.#old = old;
    this.pc = null;
    old.onconnectionstatechange = () => {
      if (this.#old === old && (old.connectionState === 'failed' || old.connectionState === 'closed')) this.retire();
    };
    this.#oldTimer = setTimeout(() => this.retire(), RETIRE_MS);
  }

  #drop() {
    const pc = this.pc;
    this.pc = null;
    pc?.close();
  }

  /** Whether m-lines can still be changed. */
  get isOpen() {
    return this.pc !== null && this.pc.signalingState !== 'closed';
  }

  /** Media flows although a new connection is wanted: by the one to the old place. */
  get #isCarried() {
    return this.#old !== null || (this.#moved && this.pc?.connectionState === 'connected');
  }

  /** @param {number} ms */
  async #isUpWithin(ms) {
    const deadline = Date.now() + ms;
    while (this.pc && this.pc.connectionState !== 'connected' && !this.#failed) {
      const left = deadline - Date.now();
      if (left <= 0 || this.#replaceWanted) return false;
      await this.#pause.wait(left);
    }
    return this.pc?.connectionState === 'connected';
  }

  /** @param {LinkState} state */
  #setState(state) {
    if (this.state === state || this.state === 'closed') return;
    this.state = state;
    this.emit('state', state);
  }
}

/**
 * Makes the browser load what a first connection needs (codecs, threads), some 100 ms of work that is better done before somebody asks to join. Safe to repeat.
 *
 * @returns {Promise<void>}
 */
export async function warmUp() {
  const pc = new RTCPeerConnection();
  for (const kind of ['audio', 'video']) pc.addTransceiver(kind);
  await pc.createOffer().catch(() => {});
  pc.close();
}

/** @param {Promise<void>} step of the browser's own */
async function local(step) {
  try {
    await step;
  } catch (error) {
    throw mediaFailed(`The browser could not use the session description: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * The description without the candidates of the other protocol, so that no pair with them is tried.
 *
 * @param {Route['protocol']} protocol
 * @param {string} sdp
 */
export function onlyBy(protocol, sdp) {
  if (!protocol || protocol === 'all') return sdp;
  const lines = sdp.split('\r\n').filter((line) => !line.startsWith('a=candidate:') || line.split(' ')[2].toLowerCase() === protocol);
  return lines.join('\r\n');
}

/** @param {unknown} error */
function isUnclear(error) {
  return error instanceof ParleyError && (error.code === Code.TIMEOUT || error.code === Code.MEDIA_FAILED);
}
