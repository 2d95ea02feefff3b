import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grid, spotlight } from '../demo/js/layout.js';

/** @import {Box} from '../demo/js/layout.js' */

const STAGES = [
  ['desktop', 1260, 680],
  ['desktop with panel', 900, 680],
  ['phone', 374, 700],
  ['phone lying', 800, 250],
];

/**
 * @param {Box[]} boxes
 * @param {number} width
 * @param {number} height
 * @param {string} what
 */
function standsWell(boxes, width, height, what) {
  for (const [i, a] of boxes.entries()) {
    assert.ok(a.width > 0 && a.height > 0, `${what}: ${i} has a size`);
    assert.ok(a.left >= -0.01 && a.top >= -0.01 && a.left + a.width <= width + 0.01 && a.top + a.height <= height + 0.01, `${what}: ${i} is inside`);
    for (const b of boxes.slice(i + 1)) {
      const apart = a.left + a.width <= b.left || b.left + b.width <= a.left || a.top + a.height <= b.top || b.top + b.height <= a.top;
      assert.ok(apart, `${what}: no two overlap`);
    }
  }
}

for (const count of [1, 2, 3, 4, 5, 7, 9, 12, 25]) {
  test(`${count} tiles are inside, apart and of one size, and fill most of the stage`, () => {
    for (const [name, width, height] of /** @type {[string, number, number][]} */ (STAGES)) {
      const what = `${count} on ${name}`;
      const boxes = grid(count, width, height);
      assert.equal(boxes.length, count);
      standsWell(boxes, width, height, what);
      for (const { width: w, height: h } of boxes) {
        assert.ok(Math.abs(w - boxes[0].width) < 0.01 && Math.abs(h - boxes[0].height) < 0.01, `${what}: one size`);
        assert.ok(w / h <= 16 / 9 + 0.01 && w / h >= 9 / 16 - 0.01, `${what}: a picture's shape`);
      }
      const fill = (count * boxes[0].width * boxes[0].height) / (width * height);
      const least = name === 'phone lying' ? 0.4 : 0.6;
      assert.ok(fill > least, `${what}: fills ${fill.toFixed(2)}`);
    }
  });
}

test('a large tile leaves room for the others, beside it or below it', () => {
  for (const [name, width, height] of /** @type {[string, number, number][]} */ (STAGES)) {
    for (const others of [0, 1, 3, 6, 20]) {
      const { large, strip } = spotlight(others, width, height);
      assert.equal(strip.length, Math.min(others, 6));
      standsWell([large, ...strip], width, height, `${others} beside on ${name}`);
      assert.ok(large.width * large.height > 0.6 * width * height, `${others} beside on ${name}: it is large`);
    }
  }
});
