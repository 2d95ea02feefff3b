import { icon, make } from './dom.js';
import { languageTag, t } from './i18n.js';

/** @import {Room, ParleyError} from '/sdk/core/index.js' */
/** @import {TextKey} from './i18n.js' */

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** What can go wrong, in the page's languages. @type {Record<string, TextKey>} */
const PROBLEMS = { TOO_LARGE: 'fileTooLarge', FILE_TYPE_REFUSED: 'fileRefused', ROOM_LIMIT: 'fileMany', CLOSED: 'fileStopped' };
/** With these the same file fares no better. */
const FINAL = ['TOO_LARGE', 'FILE_TYPE_REFUSED'];

/**
 * @param {number} bytes
 * @returns {string} such as 1.4 MB
 */
export function sizeText(bytes) {
  let unit = 0;
  let value = bytes;
  for (; value >= 999.5 && unit < UNITS.length - 1; unit++) value /= 1000;
  return value.toLocaleString(languageTag(), { style: 'unit', unit: UNITS[unit], unitDisplay: unit ? 'short' : 'long', maximumFractionDigits: value < 10 && unit ? 1 : 0 });
}

/**
 * A file to save. It opens beside the call, because a store that has forgotten it answers with a page.
 *
 * @param {{name: string, bytes: number, url: string, expiresAtMs: number}} file
 */
export function fileLink({ name, bytes, url, expiresAtMs }) {
  const size = sizeText(bytes);
  const facts = make('small', {}, size);
  const link = make(
    'a',
    { class: 'file-what', href: url, download: name, target: '_blank', rel: 'noopener', title: t('fileSave', { name, size }) },
    icon('file'),
    make('span', { class: 'file-name' }, name),
    facts,
  );
  link.onclick = (event) => {
    if (Date.now() < expiresAtMs) return;
    event.preventDefault();
    facts.textContent = t('fileExpired');
  };
  return link;
}

/** A file of mine on its way: progress, stop, and what to do when it fails. */
export class Sending {
  element = make('p', { class: 'file' });
  #room;
  #file;

  /**
   * @param {Room} room
   * @param {File} file
   */
  constructor(room, file) {
    this.#room = room;
    this.#file = file;
  }

  async run() {
    const file = this.#file;
    if (!file.size) return this.#show('failed', t('fileEmpty'));
    const stop = new AbortController();
    const bar = make('progress', { max: file.size, value: 0, 'aria-label': t('fileSending', { name: file.name }) });
    this.#show('sending', sizeText(file.size), bar, action('fileStop', () => stop.abort()));
    try {
      const sent = await this.#room.sendFile(file, { signal: stop.signal, onProgress: (bytes) => (bar.value = bytes) });
      this.element.dataset.state = 'sent';
      this.element.replaceChildren(fileLink(sent));
    } catch (error) {
      const { name, message } = /** @type {ParleyError} */ (error);
      const again = FINAL.includes(name) ? null : action('tryAgain', () => void this.run());
      this.#show('failed', t(PROBLEMS[name] ?? 'fileFailed'), again);
      this.element.title = message;
    }
  }

  /**
   * @param {'sending' | 'failed'} state
   * @param {string} facts
   * @param {...(HTMLElement | null)} below
   */
  #show(state, facts, ...below) {
    this.element.dataset.state = state;
    this.element.removeAttribute('title');
    const what = make('span', { class: 'file-what' }, icon('file'), make('span', { class: 'file-name' }, this.#file.name), make('small', { role: 'status' }, facts));
    this.element.replaceChildren(what, ...below.filter((each) => each !== null));
  }
}

/**
 * @param {TextKey} text
 * @param {() => void} run
 */
function action(text, run) {
  const button = make('button', { type: 'button' }, t(text));
  button.onclick = run;
  return make('span', { class: 'file-actions' }, button);
}
