import { languageTag, t } from './i18n.js';

/** @param {number} ms since the epoch; 0 = never */
export function when(ms) {
  if (!ms) return '–';
  return new Intl.DateTimeFormat(languageTag(), { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** The time alone when it is today. @param {number} ms since the epoch */
export function lately(ms) {
  if (new Date(ms).toDateString() !== new Date().toDateString()) return when(ms);
  return new Intl.DateTimeFormat(languageTag(), { timeStyle: 'short' }).format(ms);
}

/** With seconds. @param {number} ms since the epoch */
export function exactly(ms) {
  return new Intl.DateTimeFormat(languageTag(), { dateStyle: 'short', timeStyle: 'medium' }).format(ms);
}

/** @param {number} ms @returns {string} such as 1:02:03 */
export function duration(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${rest}` : rest;
}

/** @param {number} count */
export function bytes(count) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = count;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** @param {number} bits per second */
export function rate(bits) {
  if (bits < 0) return '–';
  return bits >= 1e6 ? `${(bits / 1e6).toFixed(1)} Mbit/s` : `${Math.round(bits / 1000)} kbit/s`;
}

/** Whole percent of 0 to 1. @param {number} share */
export const percent = (share) => `${Math.round(share * 100)} %`;

/** @param {number} number */
export const level = (number) => t(/** @type {import('./i18n.js').TextKey} */ (`level${number}`));
