import { CALLBACKS, FORMER } from './names.js';

/** @import {McuCallbacks} from './callbacks.js' */
/** @import {Log} from './log.js' */

/** Marks a callback that the page has not overridden. */
export const UNSET = Symbol.for('parley.mcu.unset');

/**
 * Gives a class the callbacks, doing nothing.
 *
 * @param {Record<string, any>} prototype
 */
export function addCallbacks(prototype) {
  for (const name of CALLBACKS) prototype[name] = Object.assign(() => {}, { [UNSET]: true });
}

/** Calls the page's callbacks. One that throws disturbs nothing: its error goes to the page's error handler. */
export class Notices {
  #target;
  #log;

  /**
   * @param {any} target has the callbacks
   * @param {Log} log
   */
  constructor(target, log) {
    this.#target = target;
    this.#log = log;
  }

  /**
   * @template {keyof McuCallbacks} K
   * @param {K} name
   * @param {Parameters<McuCallbacks[K]>} args
   */
  tell(name, ...args) {
    this.#log.add(name, ...args.map((arg) => (typeof arg === 'object' && arg !== null && !isPlain(arg) ? `[${arg.constructor?.name}]` : arg)));
    try {
      this.#handler(name)?.apply(this.#target, args);
    } catch (error) {
      this.#log.add(`the page's ${name} failed`, error);
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  /**
   * @param {string} bizName
   * @param {string} subBiz
   * @param {string} uid
   * @returns {Promise<string>} "" when the page gives none
   */
  async sign(bizName, subBiz, uid) {
    this.#log.add('OnGetSign', bizName, subBiz, uid);
    const signature = await this.#handler('OnGetSign')?.call(this.#target, bizName, subBiz, uid);
    return typeof signature === 'string' ? signature : '';
  }

  /** @param {keyof McuCallbacks} name */
  #handler(name) {
    const handler = this.#target[name];
    const former = /** @type {Record<string, string>} */ (FORMER)[name];
    const isSet = typeof handler === 'function' && !handler[UNSET];
    if (!isSet && former && typeof this.#target[former] === 'function') return this.#target[former];
    return typeof handler === 'function' ? handler : undefined;
  }
}

/** @param {object} value */
function isPlain(value) {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
