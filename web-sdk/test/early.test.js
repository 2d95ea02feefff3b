import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { EarlySession } from '../demo/js/early.js';

/** Counts what is opened; each session is as open as its `state` says. */
function opener() {
  /** @type {{name: string, state: string, close: () => void}[]} */
  const sessions = [];
  const open = async (/** @type {string} */ name) => {
    const session = { name, state: 'open', close: () => void (session.state = 'closed') };
    sessions.push(session);
    return /** @type {any} */ ({ session, token: `token of ${name}` });
  };
  return { sessions, open };
}

test('a name that has stood for a while gets a session before anybody joins, and the join takes that one', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const { sessions, open } = opener();
  const early = new EarlySession(open);
  early.expect('Al', '');
  mock.timers.tick(300);
  early.expect('Alice', '');
  mock.timers.tick(400);
  assert.deepEqual(sessions.map(({ name }) => name), ['Alice']);
  const { token, session } = await early.take('Alice', '');
  assert.equal(token, 'token of Alice');
  assert.equal(session, sessions[0]);
  mock.timers.tick(10 * 60_000);
  assert.equal(session.state, 'open', 'it is the caller’s now');
});

test('a changed name closes the session of the old one', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const { sessions, open } = opener();
  const early = new EarlySession(open);
  early.expect('Alice', '');
  mock.timers.tick(400);
  const { session } = await early.take('Bob', '');
  assert.equal(/** @type {any} */ (session).name, 'Bob');
  assert.equal(sessions[0].state, 'closed');
});

test('an early session that has ended, or never came about, is replaced at the click', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const { sessions, open } = opener();
  const early = new EarlySession(open);
  early.expect('Alice', '');
  mock.timers.tick(400);
  sessions[0].state = 'closed';
  assert.equal((await early.take('Alice', '')).session, /** @type {any} */ (sessions[1]));

  let refuse = true;
  const stubborn = new EarlySession(async (name) => {
    if (refuse) throw new Error('no server');
    return open(name);
  });
  stubborn.expect('Carol', '');
  mock.timers.tick(400);
  refuse = false;
  assert.equal((await stubborn.take('Carol', '')).session.state, 'open');
});

test('a lobby that somebody has left open does not keep its session for ever', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const { sessions, open } = opener();
  new EarlySession(open).expect('Alice', '');
  mock.timers.tick(400);
  mock.timers.tick(5 * 60_000);
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(sessions[0].state, 'closed');
});
