import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { WebSocket } from 'ws';
import { Connection } from '../core/connection.js';
import { ParleyError } from '../core/errors.js';
import { WireServer } from './wire-server.js';

const limit = { timeout: 10_000 };
/** @type {WireServer} */
let server;
/** @type {Connection[]} */
let connections = [];

beforeEach(async () => {
  server = await WireServer.start();
});
afterEach(async () => {
  for (const connection of connections.splice(0)) connection.close();
  await server.stop();
});

/** @param {string[]} urls */
function connection(urls = [server.url], options = {}) {
  const made = new Connection({ urls, token: 't', WebSocket: /** @type {any} */ (WebSocket), ...options });
  connections.push(made);
  return made;
}

/**
 * @template {keyof import('../core/connection.js').ConnectionEvents} K
 * @param {Connection} c
 * @param {K} type
 * @returns {Promise<import('../core/connection.js').ConnectionEvents[K]>}
 */
const next = (c, type) => new Promise((resolve) => c.on(type, resolve));

const snapshot = { roomId: 'r', seq: 5, participantId: 'me', rtoken: 't', room: {}, iceServers: [], participants: [], subscriptions: [] };

/** @param {Connection} c */
async function joined(c) {
  server.answers.joinRoom = () => snapshot;
  await c.open();
  c.holdPushes();
  c.follow(await c.request('joinRoom', { roomId: 'r' }), () => {});
}

test('connects with its token and answers requests', limit, async () => {
  const c = connection();
  const hello = await c.open();
  assert.equal(hello.uid, 'u');
  assert.equal(server.ofType('connect')[0].data.token, 't');
  server.answers.createRoom = ({ name }) => ({ roomId: '1', rtoken: name });
  assert.deepEqual(await c.request('createRoom', { name: 'x' }), { roomId: '1', rtoken: 'x' });
});

test('a refusal carries code, name and message', limit, async () => {
  const c = connection();
  await c.open();
  server.answers.joinRoom = () => {
    throw { code: 1001, error: 'ROOM_FULL', message: 'The room is full.' };
  };
  await assert.rejects(c.request('joinRoom', { roomId: 'r' }), { code: 1001, name: 'ROOM_FULL', message: 'The room is full.' });
});

test('a wrong token is refused at once, without trying again', limit, async () => {
  server.answers.connect = () => {
    throw { code: 5001, error: 'TOKEN_INVALID', message: 'no' };
  };
  await assert.rejects(connection().open(), { code: 5001 });
  assert.equal(server.ofType('connect').length, 1);
});

test('opens the socket while the token is fetched, and refuses with the fetch’s own error', limit, async () => {
  /** @type {(token: string) => void} */
  let fetched = () => {};
  const c = connection([server.url], { token: new Promise((resolve) => (fetched = resolve)) });
  const opened = c.open();
  await new Promise((resolve) => server.wss?.once('connection', resolve));
  fetched('late');
  await opened;
  assert.equal(server.ofType('connect')[0].data.token, 'late');
  const refused = connection([server.url], { token: Promise.reject(new ParleyError(5006, 'GUESTS_NOT_ALLOWED', 'no guests')) });
  await assert.rejects(refused.open(), { name: 'GUESTS_NOT_ALLOWED' });
});

test('takes the next address when one is gone', limit, async () => {
  const dead = await WireServer.start();
  const deadUrl = dead.url;
  await dead.stop();
  const c = connection([deadUrl, server.url]);
  await c.open();
  assert.equal(c.state, 'open');
});

test('no server at all is CONNECTION_LOST after the time given', limit, async () => {
  const url = server.url;
  await server.stop();
  await assert.rejects(connection([url], { connectTimeoutMs: 50 }).open(), { name: 'CONNECTION_LOST' });
});

test('resumes on a new socket with the last push it saw, and takes what it missed once [MRTC-REL-05]', limit, async () => {
  const c = connection();
  /** @type {number[]} */
  const seqs = [];
  c.on('push', ({ seq }) => seqs.push(seq));
  await joined(c);
  server.answers.resume = () => ({ roomId: 'r', participantId: 'me' });
  server.send({ seq: 6, type: 'text', roomId: 'r', data: {} });
  await next(c, 'push');
  const resumed = next(c, 'resumed');
  server.cut();
  await resumed;
  assert.deepEqual(server.ofType('resume')[0].data, { sessionId: 's', resumeToken: 'k', lastSeq: 6 });
  for (const seq of [6, 7, 8]) server.send({ seq, type: 'text', roomId: 'r', data: {} });
  server.send({ type: 'speakers', roomId: 'r', data: {} });
  await next(c, 'signal');
  assert.deepEqual(seqs, [6, 7, 8]);
});

test('a request whose answer was lost with the socket is sent again under the same key', limit, async () => {
  const c = connection();
  await c.open();
  let asked = 0;
  server.answers.sendText = () => (++asked === 1 ? undefined : { msgId: 'm', seq: 9 });
  const sent = c.request('sendText', { text: 'hi', to: [] });
  await server.until(() => asked === 1);
  server.cut();
  assert.deepEqual(await sent, { msgId: 'm', seq: 9 });
  const [first, second] = server.ofType('sendText');
  assert.ok(first.data.requestKey);
  assert.equal(first.data.requestKey, second.data.requestKey);
});

test('a request made while there is no socket waits for the next one', limit, async () => {
  const c = connection();
  await c.open();
  server.answers.sendText = () => ({ msgId: 'm', seq: 1 });
  const lost = new Promise((resolve) => c.on('state', (state) => state === 'reconnecting' && resolve(undefined)));
  server.cut();
  await lost;
  assert.equal((await c.request('sendText', { text: 'hi', to: [] })).msgId, 'm');
});

test('two requests have two keys', limit, async () => {
  const c = connection();
  await c.open();
  server.answers.sendText = () => ({ msgId: 'm', seq: 1 });
  await Promise.all([c.request('sendText', { text: 'a', to: [] }), c.request('sendText', { text: 'a', to: [] })]);
  const keys = server.ofType('sendText').map((m) => m.data.requestKey);
  assert.equal(new Set(keys).size, 2);
});

test('acknowledges at once after sixteen pushes [MRTC-REL-05]', limit, async () => {
  const c = connection();
  await joined(c);
  for (let seq = 6; seq < 6 + 16; seq++) server.send({ seq, type: 'text', roomId: 'r', data: {} });
  await server.until((received) => received.some((m) => m.type === 'ack'));
  assert.deepEqual(server.ofType('ack')[0], { type: 'ack', seq: 21 });
});

test('acknowledges a single push within two seconds [MRTC-REL-05]', limit, async () => {
  const c = connection();
  await joined(c);
  const started = Date.now();
  server.send({ seq: 6, type: 'text', roomId: 'r', data: {} });
  await server.until((received) => received.some((m) => m.type === 'ack' && m.seq === 6));
  assert.ok(Date.now() - started < 2_500);
});

test('pings in time and takes a silent server for dead', limit, async () => {
  server.answers.connect = () => ({ sessionId: 's', resumeToken: 'k', uid: 'u', displayName: '', heartbeatSeconds: 0.1, graceSeconds: 30, serverTimeMs: 0 });
  server.answers.ping = () => undefined;
  const c = connection();
  const resumed = next(c, 'resumed');
  await c.open();
  await resumed;
  assert.ok(server.ofType('ping').length >= 1);
});

test('a session that is gone ends with that reason and refuses what waits', limit, async () => {
  const c = connection();
  await c.open();
  server.answers.resume = () => {
    throw { code: 5007, error: 'SESSION_GONE', message: 'over' };
  };
  const waiting = assert.rejects(c.request('sendText', { text: 'x', to: [] }), { code: 5007 });
  const ended = next(c, 'ended');
  server.cut();
  assert.equal((await ended).reason, 'gone');
  await waiting;
  await assert.rejects(c.request('ping', {}), { name: 'CLOSED' });
});

test('the same user elsewhere displaces the session', limit, async () => {
  const c = connection();
  await c.open();
  const ended = next(c, 'ended');
  server.send({ code: 5007, error: 'SESSION_GONE', message: 'displaced' });
  assert.equal((await ended).reason, 'displaced');
});

test('garbage and unknown messages leave the connection up', limit, async () => {
  const c = connection();
  await c.open();
  const fault = next(c, 'fault');
  for (const socket of server.sockets) socket.send('{nonsense');
  server.send({ re: 4711, code: 0, data: {} });
  server.send({ type: 'somethingNew', data: {} });
  assert.equal((await fault).code, 9001);
  await c.request('ping', {});
  assert.equal(c.state, 'open');
});

test('a join whose answer was lost takes the newer snapshot that came by resume', limit, async () => {
  const c = connection();
  await c.open();
  let asked = 0;
  server.answers.joinRoom = () => (++asked === 1 ? undefined : snapshot);
  server.answers.resume = () => ({ roomId: 'r', participantId: 'me', snapshot: { ...snapshot, seq: 8 } });
  c.holdPushes();
  const answer = c.request('joinRoom', { roomId: 'r' });
  await server.until(() => asked === 1);
  server.cut();
  let seq = 0;
  c.follow(await answer, (newest) => (seq = newest.seq));
  assert.equal(seq, 8);
});

test('close says bye and refuses what waits', limit, async () => {
  const c = connection();
  await c.open();
  const waiting = assert.rejects(c.request('sendText', { text: 'x', to: [] }), { name: 'CLOSED' });
  c.close();
  await waiting;
  await server.until((received) => received.some((m) => m.type === 'bye'));
});
