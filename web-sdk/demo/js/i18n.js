import en from './texts/en.js';
import zh from './texts/zh.js';

/** @typedef {keyof typeof en} TextKey */

/** @type {Record<string, Record<TextKey, string>>} */
const languages = { en, zh };
const STORED = 'parley.language';

let language = chosen();
/** @type {Set<() => void>} */
const listeners = new Set();

function chosen() {
  const kept = keep();
  if (kept && kept in languages) return kept;
  return navigator.languages?.some((tag, i) => i === 0 && tag.toLowerCase().startsWith('zh')) ? 'zh' : 'en';
}

function keep() {
  const asked = new URLSearchParams(location.search).get('lang');
  return asked ?? localStorage.getItem(STORED);
}

/**
 * @param {TextKey} key
 * @param {Record<string, string | number>} [values] for the `{holes}` in the text
 * @returns {string}
 */
export function t(key, values = {}) {
  return languages[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

/** The tag of the present language, for dates and for the html element. */
export const languageTag = () => (language === 'zh' ? 'zh-CN' : 'en');

/** The name of the language that a switch would bring. */
export const otherLanguageName = () => languages[other()].languageName;

const other = () => (language === 'zh' ? 'en' : 'zh');

export function switchLanguage() {
  language = other();
  localStorage.setItem(STORED, language);
  translatePage();
  for (const listener of listeners) listener();
}

/** @param {() => void} listener called after a switch */
export function onLanguage(listener) {
  listeners.add(listener);
}

/** Fills the texts that stand in the page itself. */
export function translatePage() {
  document.documentElement.lang = languageTag();
  for (const [attribute, put] of /** @type {[string, (e: HTMLElement, text: string) => void][]} */ ([
    ['data-t', (e, text) => (e.textContent = text)],
    ['data-t-label', (e, text) => e.setAttribute('aria-label', text)],
    ['data-t-title', (e, text) => (e.title = text)],
    ['data-t-placeholder', (e, text) => e.setAttribute('placeholder', text)],
  ])) {
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`[${attribute}]`))) {
      put(element, t(/** @type {TextKey} */ (element.getAttribute(attribute))));
    }
  }
}
