import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invitationLink, readInvitation, spaced } from '../demo/js/invitation.js';

test('a link that was made is read back, whatever is in it', () => {
  Object.assign(globalThis, { location: { origin: 'https://calls.example' } });
  for (const [roomId, rtoken, bizName] of [['482913057', 'Ab-_9', ''], ['a b&c', 'x+y=z&q#', 'my biz'], ['1', '', '']]) {
    assert.deepEqual(readInvitation(invitationLink(roomId, rtoken, bizName)), { roomId, rtoken, bizName });
  }
});

test('the password is behind the #, which no server sees', () => {
  const url = new URL(invitationLink('1', 'secret', ''));
  assert.ok(!(url.pathname + url.search).includes('secret'));
});

test('a number is read as people write it', () => {
  for (const text of ['482913057', '482 913 057', ' 482-913-057 ']) assert.equal(readInvitation(text).roomId, '482913057');
  assert.equal(readInvitation('my-room').roomId, 'my-room');
});

test('what is no invitation has no room', () => {
  assert.deepEqual(readInvitation('https://'), { roomId: '', rtoken: '', bizName: '' });
  assert.deepEqual(readInvitation('https://calls.example/'), { roomId: '', rtoken: '', bizName: '' });
});

test('nine digits are shown in threes', () => assert.equal(spaced('482913057'), '482 913 057'));
