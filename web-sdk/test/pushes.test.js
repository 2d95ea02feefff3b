import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACK_EVERY, PushLog } from '../core/pushes.js';

/** @param {number} seq */
const push = (seq, roomId = 'r') => ({ seq, roomId, type: 'text', data: {} });

/** @param {number} seq */
function following(seq) {
  const log = new PushLog();
  log.hold();
  log.follow('r', seq);
  return log;
}

test('lets each push through once, in order', () => {
  const log = following(10);
  assert.deepEqual([11, 12, 12, 11, 14, 13, 15].map((seq) => log.accept(push(seq))), [true, true, false, false, true, false, true]);
  assert.equal(log.lastSeq, 15);
});

test('a skipped number is no gap: a message to others took it', () => {
  const log = following(1);
  assert.ok(log.accept(push(7)));
});

test('pushes that overtake the answer to joinRoom are delivered after the snapshot, without what it holds already', () => {
  const log = new PushLog();
  log.hold();
  for (const seq of [4, 5, 6, 7]) assert.equal(log.accept(push(seq)), false);
  assert.deepEqual(log.follow('r', 5).map(({ seq }) => seq), [6, 7]);
});

test('drops the pushes of a room that was left, and of another one', () => {
  const log = following(3);
  assert.equal(log.accept(push(4, 'other')), false);
  log.leave();
  assert.equal(log.accept(push(4)), false);
  assert.equal(log.lastSeq, 0);
});

test('owes an acknowledgement from the first push and must send it at the sixteenth', () => {
  const log = following(0);
  for (let seq = 1; seq < ACK_EVERY; seq++) log.accept(push(seq));
  assert.ok(log.owesAck);
  assert.ok(!log.mustAck);
  log.accept(push(ACK_EVERY));
  assert.ok(log.mustAck);
  assert.equal(log.takeAck(), ACK_EVERY);
  assert.ok(!log.owesAck);
});
