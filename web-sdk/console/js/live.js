import { ApiError } from './api.js';
import { t } from './i18n.js';
import { make } from './parts.js';

const EVERY_MS = 2_000;
const MOST_MS = 15_000;

/**
 * Keeps a page up to date by asking again and again while it can be seen, more slowly while the server does not answer. Ends by itself when
 * its sign is no longer in the page. Asking is enough here: what is shown comes from four services, each of which is asked anyway, and a
 * socket would have to keep watching whether the session still holds (docs/decisions/0008).
 *
 * @param {(signal: AbortSignal) => Promise<void>} refresh asks and shows
 * @returns {{sign: HTMLElement, now: () => Promise<void>}} sign: says whether what is seen is up to date; now: asks at once
 */
export function live(refresh) {
  const sign = make('span', { class: 'live', role: 'status' }, t('live'));
  const abort = new AbortController();
  let wait = EVERY_MS;
  let seen = false;
  let timer = 0;
  let round = 0;

  async function turn() {
    const mine = ++round; // one who asks at once overtakes the one who is asking
    clearTimeout(timer);
    seen ||= sign.isConnected;
    if (seen && !sign.isConnected) {
      abort.abort();
      return;
    }
    if (!document.hidden) {
      try {
        await refresh(abort.signal);
        wait = EVERY_MS;
        say('', t('live'));
      } catch (error) {
        if (abort.signal.aborted || !(error instanceof ApiError)) throw error;
        if (error.status === 401) return;
        wait = Math.min(wait * 2, MOST_MS);
        say('bad', error.message);
      }
    }
    if (mine === round) timer = window.setTimeout(turn, wait);
  }

  /** @param {string} tone @param {string} text */
  function say(tone, text) {
    if (sign.textContent === text) return;
    sign.textContent = text;
    if (tone) sign.dataset.tone = tone;
    else delete sign.dataset.tone;
  }

  queueMicrotask(turn);
  return { sign, now: turn };
}
