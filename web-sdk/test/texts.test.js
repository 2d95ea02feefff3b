import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import en from '../demo/js/texts/en.js';
import zh from '../demo/js/texts/zh.js';

/** @param {string} text */
const holes = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test('both languages have the same texts with the same holes', () => {
  assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) {
    assert.deepEqual(holes(zh[/** @type {keyof typeof en} */ (key)]), holes(text), key);
  }
});

test('every text that the page asks for exists', async () => {
  const page = await readFile(new URL('../demo/index.html', import.meta.url), 'utf8');
  const asked = [...page.matchAll(/data-t(?:-\w+)?="(\w+)"/g)].map((match) => match[1]);
  assert.ok(asked.length > 20);
  for (const key of asked) assert.ok(key in en, key);
});

test('every icon that the page and its modules ask for is drawn', async () => {
  const icons = await readFile(new URL('../demo/icons.svg', import.meta.url), 'utf8');
  const page = await readFile(new URL('../demo/index.html', import.meta.url), 'utf8');
  for (const [, name] of page.matchAll(/#icon-([\w-]+)/g)) assert.ok(icons.includes(`id="icon-${name}"`), name);
  for (const module of ['call', 'panel', 'files', 'recording', 'lobby', 'tile', 'toasts']) {
    const code = await readFile(new URL(`../demo/js/${module}.js`, import.meta.url), 'utf8');
    for (const [, name] of code.matchAll(/(?:icon\(|icon: )'([\w-]+)'/g)) assert.ok(icons.includes(`id="icon-${name}"`), name);
  }
});
