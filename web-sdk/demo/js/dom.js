/**
 * The element of the page with this id.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return /** @type {T} */ (element);
}

/**
 * Makes an element. Text always goes in as text: nothing that a person typed can become markup.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean>} [attributes] false = absent
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Puts the icons into the page, so that none has to be fetched when the server is away. */
export async function loadIcons() {
  const response = await fetch('/icons.svg');
  const sprite = new DOMParser().parseFromString(await response.text(), 'image/svg+xml').documentElement;
  sprite.setAttribute('hidden', '');
  document.body.prepend(document.importNode(sprite, true));
}

/**
 * @param {string} name in icons.svg
 * @param {string} [extraClass]
 */
export function icon(name, extraClass = '') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `icon ${extraClass}`.trim());
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/**
 * A round letter for somebody without picture, in a colour of their own.
 *
 * @param {HTMLElement} element
 * @param {string} name
 */
export function paintAvatar(element, name) {
  element.textContent = initials(name);
  element.style.setProperty('--hue', String(hueOf(name)));
}

/**
 * @param {string} name
 * @returns {string} one or two letters; one character for a Chinese name
 */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? '?')][0];
  const last = words.length > 1 ? [...words[words.length - 1]][0] : '';
  return (first + (/^[\p{L}]$/u.test(last) ? last : '')).toUpperCase();
}

/**
 * @param {string} name
 * @returns {number} degrees, always the same for a name
 */
export function hueOf(name) {
  let hash = 7;
  for (const c of name) hash = (hash * 31 + /** @type {number} */ (c.codePointAt(0))) % 360;
  return hash;
}
