import en from './texts/en.js';
import zh from './texts/zh.js';
import zhErrors from './texts/errors.zh.js';

/** @typedef {keyof typeof en} TextKey */

/** @type {Record<string, Record<TextKey, string>>} */
const languages = { en, zh };
/** As on the call page: who chose there has chosen here. */
const STORED = 'parley.language';

let language = chosen();

function chosen() {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(STORED) ?? '';
  if (asked in languages) return asked;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/**
 * @param {TextKey} key
 * @param {Record<string, string | number>} [values] for the `{holes}` in the text
 */
export function t(key, values = {}) {
  return languages[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

/**
 * A text whose key is made of what the server says; the server's word when there is no such text.
 *
 * @param {string} prefix
 * @param {string} word
 */
export function tOf(prefix, word) {
  const key = /** @type {TextKey} */ (prefix + word);
  return key in languages[language] ? t(key) : word;
}

/**
 * An error in the user's language, with what the server says about this very case.
 *
 * @param {string} name
 * @param {string} detail
 */
export function errorText(name, detail) {
  if (language === 'en') return detail;
  const known = /** @type {Record<string, string>} */ (zhErrors)[name];
  if (!known) return detail;
  return name === 'BAD_REQUEST' ? `${known}（${detail}）` : known;
}

export const languageTag = () => (language === 'zh' ? 'zh-CN' : 'en');

export const otherLanguageName = () => languages[language === 'zh' ? 'en' : 'zh'].languageName;

export function switchLanguage() {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem(STORED, language);
}
