import { Code, ParleyError, timedOut } from '../core/errors.js';
import { Log } from './log.js';
import { Notices } from './notices.js';

/** @import {ControllerOptions} from './configs.js' */
/** @import {RoomPlan} from './room-config.js' */
/** @import {Room, Session} from '../core/index.js' */
/** @import {McuCallbacks} from './callbacks.js' */

/**
 * What the parts of one controller share: who I am, where I am, and the way to the page.
 */
export class Desk {
  log = new Log();
  /** @type {Session | null} while connected */
  session = null;
  /** @type {Room | null} while in a room */
  room = null;
  /** @type {RoomPlan | null} what InitRoomConfig said */
  plan = null;
  me = { bizName: '', subBiz: '', uid: '' };
  /** @type {'H264' | 'VP8' | undefined} */
  codec;
  /** @type {'all' | 'tcp' | 'udp'} */
  protocol = 'all';
  /** Limits of weak streams, kbit/s; null = the default for what the stream carries. */
  weak = { publish: /** @type {number | null} */ (null), subscribe: /** @type {number | null} */ (null) };

  #notices;
  #nextSid = 1;

  /**
   * @param {any} target has the callbacks
   * @param {ControllerOptions} options
   */
  constructor(target, options) {
    this.#notices = new Notices(target, this.log);
    this.WebSocket = options.WebSocket;
    const { connect = 15, create = 15, join = 15, media = 10, record = 15, vod = 15, stream = Math.max(30, media), repair = 60 } = options.timeouts ?? {};
    const seconds = { connect, create, join, media, record, vod, stream, repair };
    this.ms = /** @type {typeof seconds} */ (Object.fromEntries(Object.entries(seconds).map(([name, value]) => [name, value * 1000])));
  }

  /**
   * @template {keyof McuCallbacks} K
   * @param {K} name
   * @param {Parameters<McuCallbacks[K]>} args
   */
  tell(name, ...args) {
    this.#notices.tell(name, ...args);
  }

  /** @param {string} uid or what stands in its place */
  async signature(uid) {
    const { bizName, subBiz } = this.me;
    const signature = await this.#notices.sign(bizName, subBiz, uid);
    return { bizName, appId: subBiz, workspaceId: '', uid, signature };
  }

  newSid() {
    return this.#nextSid++;
  }
}

/** @param {unknown} error */
export function reason(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * No answer, rather than a refusal.
 *
 * @param {unknown} error
 */
export function isSilence(error) {
  return error instanceof ParleyError && (error.code === Code.TIMEOUT || error.code === Code.CONNECTION_LOST);
}

/**
 * @template T
 * @param {number} ms
 * @param {string} what
 * @param {Promise<T>} work goes on after its time, unheard
 * @returns {Promise<T>}
 */
export async function within(ms, what, work) {
  /** @type {any} */
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(timedOut(what)), ms)));
  try {
    return await /** @type {Promise<T>} */ (Promise.race([work, late]));
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
