import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs, FIRST_DELAY_MS, LONGEST_DELAY_MS, Pause } from '../core/backoff.js';

test('the first retry is at once', () => assert.equal(backoffMs(0), 0));

test('delays double up to the longest, whatever chance says', () => {
  for (const chance of [0, 0.5, 0.999]) {
    let last = 0;
    for (let attempt = 1; attempt < 100; attempt++) {
      const ms = backoffMs(attempt, () => chance);
      const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
      assert.ok(ms >= full / 2 && ms <= full, `attempt ${attempt}: ${ms} ms`);
      assert.ok(ms >= last);
      last = ms;
    }
  }
});

test('half of a delay is chance, so that clients do not come back as one wave', () => {
  assert.notEqual(backoffMs(5, () => 0), backoffMs(5, () => 0.9));
});

test('a pause can be cut short', async () => {
  const pause = new Pause();
  const waited = pause.wait(60_000);
  pause.wake();
  await waited;
});
