/**
 * Writes the reference part of docs/sdk/mcu-controller.md from the comments of mcu/*.d.ts: `npm run manual`. A test fails when it was not run.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const MANUAL = new URL('../../docs/sdk/mcu-controller.md', import.meta.url);
const MARK = '<!-- From here on written by `npm run manual` in web-sdk, from mcu/*.d.ts. -->';

/** @param {string} file */
const source = (file) => readFileSync(new URL(`../mcu/${file}`, import.meta.url), 'utf8');

/**
 * @param {string} comment
 * @returns {string}
 */
function prose(comment) {
  return comment
    .replace(/^\s*\/\*\*\s?|\s*\*\/\s*$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*\s?/, '').trim())
    .join(' ')
    .trim();
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|');

/**
 * @param {string} file
 * @returns {{name: string, signature: string, text: string}[]} its methods
 */
export function methods(file) {
  return [...source(file).matchAll(/ {2}(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n {2}(\w+)(\([\s\S]*?\): [^;]+);/g)].map(([, comment, name, signature]) => ({
    name,
    signature: `${name}${signature}`.replaceAll('C.', ''),
    text: prose(comment),
  }));
}

/** @returns {string} tables of the fields of what calls take */
function fields() {
  const out = [];
  for (const [, comment = '', name, extended = '', body] of source('configs.d.ts').matchAll(
    /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export interface (\w+)(?: extends ([^{]+))? \{([\s\S]*?)\n\}/g,
  )) {
    out.push(`### ${name}`, '', prose(comment.trim()) + (extended ? ` With the fields of ${extended.trim().replace(/[<>]/g, ' ').replace(/\s+/g, ' ')} as well.` : ''), '');
    out.push('| field | type | meaning |', '| --- | --- | --- |');
    for (const [, said = '', field, type] of body.matchAll(/(?: {2}(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n)? {2}(\w+\??): ([^\n]+);/g)) {
      out.push(`| \`${field}\` | \`${cell(type)}\` | ${cell(prose(said))} |`);
    }
    out.push('');
  }
  return out.join('\n');
}

/** @returns {string} */
export function reference() {
  const rows = (/** @type {string} */ file) => methods(file).map(({ signature, text }) => `| \`${cell(signature)}\` | ${cell(text)} |`);
  return [
    '## Calls',
    '',
    '| call | what it does |',
    '| --- | --- |',
    ...rows('calls.d.ts'),
    '',
    '## Callbacks',
    '',
    '| callback | when, and its codes |',
    '| --- | --- |',
    ...rows('callbacks.d.ts'),
    '',
    '## Parameters',
    '',
    fields(),
  ].join('\n');
}

/** @returns {{head: string, reference: string}} of the manual as it stands */
export function manual() {
  const [head, rest = ''] = readFileSync(MANUAL, 'utf8').split(`${MARK}\n\n`);
  return { head, reference: rest };
}

if (process.argv[1] === new URL(import.meta.url).pathname) writeFileSync(MANUAL, `${manual().head}${MARK}\n\n${reference()}`);
