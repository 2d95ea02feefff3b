import { byId, icon, make } from './dom.js';
import { t } from './i18n.js';

const SHOWN_MS = 6_000;
const BAD_SHOWN_MS = 12_000;
/** More than this at once would cover the call; the oldest goes. */
const MOST = 4;

/**
 * A short notice that goes away by itself.
 *
 * @param {string} text what happened and what to do
 * @param {{tone?: 'bad', link?: {text: string, url: string}, action?: {text: string, run: () => void}, stay?: boolean}} [options]
 * @returns {() => void} takes it away
 */
export function toast(text, { tone, link, action, stay = false } = {}) {
  const close = make('button', { class: 'plain', type: 'button', 'aria-label': t('close') }, icon('close'));
  const element = make('div', { class: 'toast', 'data-tone': tone ?? false }, make('span', {}, text));
  const remove = () => {
    clearTimeout(timer);
    element.remove();
  };
  const timer = stay ? undefined : setTimeout(remove, tone === 'bad' ? BAD_SHOWN_MS : SHOWN_MS);
  if (link) element.append(make('a', { href: link.url, target: '_blank', rel: 'noopener' }, link.text));
  if (action) {
    const button = make('button', { class: 'toast-act', type: 'button' }, action.text);
    button.onclick = () => {
      remove();
      action.run();
    };
    element.append(button);
  }
  close.onclick = remove;
  element.append(close);
  const toasts = byId('toasts');
  toasts.append(element);
  while (toasts.childElementCount > MOST) toasts.firstElementChild?.remove();
  return remove;
}
