import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { quality } from '../console/js/quality.js';
import en from '../console/js/texts/en.js';
import zh from '../console/js/texts/zh.js';

const folder = new URL('../console/', import.meta.url);
const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
const code = new Map(await Promise.all(files.map(async (name) => /** @type {[string, string]} */ ([name, await readFile(new URL(name, folder), 'utf8')]))));
const pages = [...code].filter(([name]) => !name.includes('texts/'));

/** @param {string} text */
const holes = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test('both languages of the console have the same texts with the same holes', () => {
  assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) assert.deepEqual(holes(zh[/** @type {keyof typeof en} */ (key)]), holes(text), key);
});

test('no text of the console is defined twice or asked for by nobody', () => {
  const defined = [...code].filter(([name]) => /texts\/\w+\.?en\.js$/.test(name)).flatMap(([, text]) => [...text.matchAll(/^ {2}(\w+):/gm)].map((m) => m[1]));
  assert.deepEqual(defined.filter((key, at) => defined.indexOf(key) !== at), []);
  const asked = pages.map(([, text]) => text).join('\n');
  const madeUp = /^(bad|op|rec|film|node|role|kind)_|^level\d$/;
  assert.deepEqual(defined.filter((key) => !madeUp.test(key) && !asked.includes(`'${key}'`) && key !== 'languageName'), []);
});

test('every icon that the console asks for is drawn', async () => {
  const drawn = await readFile(new URL('icons.svg', folder), 'utf8');
  for (const [name, text] of pages) {
    for (const [, icon] of text.matchAll(/(?:icon\(|icon: |empty\()'([\w-]+)'/g)) assert.ok(drawn.includes(`id="${icon}"`), `${name}: ${icon}`);
  }
});

test('nothing in the console makes markup or code of text', () => {
  for (const [name, text] of pages) assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('style'/, name);
});

test('rates are what has come since the last look, and a stream that began anew counts from nothing', () => {
  /** @param {number} bytes */
  const stats = (bytes) => ({
    transports: [
      { transportId: 'u', participantId: 'ann', direction: 'up', streams: 1, estimatedBits: -1 },
      { transportId: 'd', participantId: 'bob', direction: 'down', streams: 1, estimatedBits: 900_000 },
    ],
    feeds: [
      {
        feed: { feedId: 'f', participantId: 'ann' },
        tracks: [
          {
            bytes,
            packets: 90,
            lost: 10,
            sizes: [{ width: 320, height: 180, live: true }, { width: 1280, height: 720, live: false }],
            subscriptions: [{ transportId: 'd', mid: '0', bytes: bytes * 2, fractionLost: 64 }],
          },
        ],
      },
    ],
  });
  const measure = quality();
  assert.equal(measure(stats(1_000), 1_000).upBits, 0);
  const now = measure(stats(2_000), 3_000);
  assert.equal(now.upBits, 4_000);
  assert.equal(now.downBits, 8_000);
  assert.deepEqual(now.people.get('ann')?.feeds.get('f'), { bits: 4_000, size: '320×180', lossPercent: 10 });
  const bob = now.people.get('bob');
  assert.equal(bob?.streamsIn, 1);
  assert.equal(bob?.lossPercent, 25);
  assert.equal(bob?.estimatedBits, 900_000);
  assert.equal(measure(stats(10), 5_000).upBits, 0);
  assert.equal(measure({}, 6_000).upBits, 0);
});
