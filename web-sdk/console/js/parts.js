import { make, paintAvatar } from '/console/demo/js/dom.js';
import { t } from './i18n.js';

export { make };

/** @typedef {Node | string | null} Child */

const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} name in icons.svg */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `/console/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/**
 * @param {string} text
 * @param {() => unknown} onClick may give a promise: the button waits for it, and what fails is said
 * @param {{kind?: string, size?: string, icon?: string, id?: string, label?: string}} [look]
 */
export function button(text, onClick, look = {}) {
  const element = make(
    'button',
    { type: 'button', class: 'button', 'data-kind': look.kind ?? false, 'data-size': look.size ?? false, id: look.id ?? false, 'aria-label': look.label ?? false },
    look.icon ? icon(look.icon) : null,
    text,
  );
  element.onclick = async () => {
    element.disabled = true;
    try {
      await onClick();
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'bad');
    } finally {
      element.disabled = false;
    }
  };
  return element;
}

/**
 * @param {string} text
 * @param {string} href
 * @param {{kind?: string, size?: string, icon?: string, id?: string, download?: string, target?: string}} [look]
 */
export function linkButton(text, href, look = {}) {
  return make(
    'a',
    {
      class: 'button',
      href,
      'data-kind': look.kind ?? false,
      'data-size': look.size ?? false,
      id: look.id ?? false,
      download: look.download ?? false,
      target: look.target ?? false,
      rel: look.target ? 'noopener' : false,
    },
    look.icon ? icon(look.icon) : null,
    text,
  );
}

/**
 * @param {string} title
 * @param {{lead?: string, actions?: Child[], back?: {href: string, text: string}}} [more]
 */
export function head(title, { lead, actions = [], back } = {}) {
  document.title = `${title} · Parley`;
  return make(
    'header',
    { class: 'page-head' },
    make(
      'div',
      {},
      back ? make('a', { class: 'page-back', href: back.href }, icon('back'), back.text) : null,
      make('h1', { tabindex: '-1' }, title),
      lead ? make('p', {}, lead) : null,
    ),
    actions.length ? make('div', { class: 'actions' }, ...actions) : null,
  );
}

/**
 * @param {string} title
 * @param {{lead?: string, actions?: Child[], bare?: boolean, id?: string}} look bare: the content brings its own padding
 * @param {...Child} content
 */
export function card(title, look, ...content) {
  return make(
    'section',
    { class: 'card', id: look.id ?? false, 'aria-label': title },
    make(
      'div',
      { class: 'card-head' },
      make('h2', {}, title),
      look.actions?.length ? make('div', { class: 'actions' }, ...look.actions) : null,
      look.lead ? make('p', {}, look.lead) : null,
    ),
    look.bare ? make('div', {}, ...content) : make('div', { class: 'card-body' }, ...content),
  );
}

/**
 * @param {string} text
 * @param {string} [tone] good, warn, bad, accent
 * @param {string} [iconName]
 */
export function badge(text, tone = '', iconName = '') {
  return make('span', { class: 'badge', 'data-tone': tone || false }, iconName ? icon(iconName) : null, text);
}

/** @param {[string, Child][]} pairs */
export function facts(pairs) {
  return make('dl', { class: 'facts' }, ...pairs.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))));
}

/**
 * @param {string} iconName
 * @param {string} title
 * @param {string} text
 * @param {Child} [action]
 */
export function empty(iconName, title, text, action = null) {
  return make('div', { class: 'empty' }, icon(iconName), make('h2', {}, title), make('p', {}, text), action);
}

/**
 * @param {'info' | 'good' | 'warn' | 'bad'} tone
 * @param {...Child} content
 */
export function notice(tone, ...content) {
  const name = tone === 'good' ? 'check' : tone === 'info' ? 'shield' : 'alert';
  return make('div', { class: 'notice', 'data-tone': tone, role: tone === 'bad' ? 'alert' : false }, icon(name), make('div', {}, ...content));
}

/** @param {string} name @param {string} note */
export function person(name, note) {
  const avatar = make('span', { class: 'avatar', 'aria-hidden': 'true' });
  paintAvatar(avatar, name);
  return make('div', { class: 'person' }, avatar, make('div', {}, make('span', { class: 'cell-main' }, name), make('span', { class: 'cell-note' }, note)));
}

/** @param {string} main @param {string} note @param {string} [href] */
export function titled(main, note, href) {
  return make(
    'div',
    {},
    href ? make('a', { class: 'cell-main', href }, main) : make('span', { class: 'cell-main' }, main),
    make('span', { class: 'cell-note' }, note),
  );
}

/**
 * What is to be copied, with a button that does it.
 *
 * @param {string} name
 * @param {string} value
 * @param {string} [id] of the element that holds the value
 */
export function copyable(name, value, id) {
  return make(
    'div',
    { class: 'secret' },
    make('span', { class: 'field-name' }, name),
    make(
      'div',
      { class: 'secret-box' },
      make('code', { id: id ?? false, tabindex: '0', 'aria-label': name }, value),
      button(t('copy'), () => copy(value), { size: 'small', icon: 'copy', label: `${t('copy')}: ${name}` }),
    ),
  );
}

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('copied'));
  } catch {
    toast(t('copyFailed'), 'bad'); // plain HTTP from another machine has no clipboard
  }
}

/**
 * @param {string} text
 * @param {'good' | 'bad'} [tone]
 */
export function toast(text, tone = 'good') {
  const toasts = /** @type {HTMLElement} */ (document.getElementById('toasts'));
  const close = make('button', { type: 'button', class: 'button', 'data-kind': 'plain', 'data-size': 'small', 'aria-label': t('close') }, icon('close'));
  const element = make('div', { class: 'toast', 'data-tone': tone }, make('span', {}, text), close);
  const timer = setTimeout(() => element.remove(), tone === 'bad' ? 12_000 : 5_000);
  close.onclick = () => {
    clearTimeout(timer);
    element.remove();
  };
  toasts.append(element);
  while (toasts.childElementCount > 3) toasts.firstElementChild?.remove();
}
