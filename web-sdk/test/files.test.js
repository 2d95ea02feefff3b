import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { WebSocket } from 'ws';
import { Connection } from '../core/connection.js';
import { Room } from '../core/room.js';
import { WireServer } from './wire-server.js';

const limit = { timeout: 30_000 };
const snapshot = { roomId: 'r', seq: 5, participantId: 'me', rtoken: 't', room: {}, iceServers: [], participants: [], subscriptions: [] };

/** What upload.js uses of the browser's own, over node's HTTP. */
class NodeXhr {
  status = 0;
  /** @type {{onprogress?: (event: {loaded: number}) => void}} */
  upload = {};
  /** @type {Record<'onload' | 'onerror' | 'onabort' | 'onloadend', (() => void) | undefined>} */
  on = { onload: undefined, onerror: undefined, onabort: undefined, onloadend: undefined };
  #aborted = false;

  /** @param {string} method @param {string} url */
  open(method, url) {
    this.request = request(url, { method });
  }

  /** @param {Blob} blob */
  async send(blob) {
    const { request: out } = this;
    if (!out) throw new Error('send before open');
    out.on('response', (response) => {
      this.status = response.statusCode ?? 0;
      response.resume().on('end', () => this.#end('onload'));
    });
    out.on('error', () => this.#end(this.#aborted ? 'onabort' : 'onerror'));
    out.setHeader('Content-Length', blob.size);
    if (blob.type) out.setHeader('Content-Type', blob.type);
    for (let loaded = 0; loaded < blob.size && !out.destroyed; ) {
      const part = new Uint8Array(await blob.slice(loaded, loaded + 65_536).arrayBuffer());
      await new Promise((resolve) => out.write(part, resolve));
      loaded += part.length;
      this.upload.onprogress?.({ loaded });
    }
    if (!out.destroyed) out.end();
  }

  abort() {
    this.#aborted = true;
    this.request?.destroy(new Error('aborted'));
  }

  /** @param {'onload' | 'onerror' | 'onabort'} how */
  #end(how) {
    const page = /** @type {any} */ (this);
    page[how]?.();
    page.onloadend?.();
  }
}

/** @type {WireServer} */
let server;
/** @type {Connection} */
let connection;
/** @type {Room} */
let room;
/** What the store has, by path. @type {Map<string, {body: Buffer, type: string | undefined}>} */
const stored = new Map();
/** @type {number} answer of the store; 0 = none at all */
let answer = 200;
/** @type {() => void} */
let onArrival = () => {};
const store = createServer((incoming, outgoing) => {
  onArrival();
  /** @type {Buffer[]} */
  const parts = [];
  incoming.on('data', (part) => parts.push(part));
  incoming.on('end', () => {
    if (!answer) return;
    stored.set(String(incoming.url), { body: Buffer.concat(parts), type: incoming.headers['content-type'] });
    outgoing.writeHead(answer).end();
  });
});

before(async () => {
  Object.assign(globalThis, { XMLHttpRequest: NodeXhr });
  await new Promise((resolve) => store.listen(0, '127.0.0.1', () => resolve(undefined)));
});
after(() => {
  Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
  store.closeAllConnections();
  store.close();
});
beforeEach(async () => {
  answer = 200;
  server = await WireServer.start();
  connection = new Connection({ urls: [server.url], token: 't', WebSocket: /** @type {any} */ (WebSocket) });
  await connection.open();
  room = new Room(connection, /** @type {any} */ (snapshot), { autoSubscribe: false });
  const { port } = /** @type {import('node:net').AddressInfo} */ (store.address());
  server.answers.offerFile = ({ name, contentType }) => ({ fileId: 'f1', name, contentType, uploadUrl: `http://127.0.0.1:${port}/f1?signed`, expiresAtMs: 1 });
  server.answers.sendFile = ({ fileId }) => ({ fileId, name: 'a.txt', contentType: 'text/plain', bytes: 9, url: 'http://store/f1', expiresAtMs: 1, seq: 6 });
});
afterEach(async () => {
  room.onOver('left');
  connection.close();
  await server.stop();
});

/** The data of the first request of this type, without its key. @param {string} type */
function asked(type) {
  const { requestKey, ...data } = server.ofType(type)[0].data;
  assert.ok(requestKey);
  return data;
}

test('a file is offered, uploaded with its progress, and then sent', limit, async () => {
  const bytes = Buffer.alloc(300_000, 'parley');
  /** @type {number[]} */
  const progress = [];
  const sent = await room.sendFile(new File([bytes], 'a.txt', { type: 'text/plain' }), {
    to: ['p2'],
    onProgress: (sentBytes, all) => {
      assert.equal(all, bytes.length);
      progress.push(sentBytes);
    },
  });
  assert.equal(sent.seq, 6);
  assert.deepEqual(asked('offerFile'), { name: 'a.txt', contentType: 'text/plain', bytes: bytes.length });
  assert.deepEqual(asked('sendFile'), { fileId: 'f1', to: ['p2'] });
  assert.deepEqual(stored.get('/f1?signed'), { body: bytes, type: 'text/plain' });
  assert.ok(progress.length > 2, 'more than its end is told');
  assert.deepEqual(progress, progress.toSorted((a, b) => a - b));
  assert.equal(progress.at(-1), bytes.length);
});

test('a blob without a name or type can be sent too', limit, async () => {
  await room.sendFile(new Blob(['x']));
  assert.deepEqual(asked('offerFile'), { name: 'file', contentType: '', bytes: 1 });
});

test('what is refused is not uploaded', limit, async () => {
  stored.clear();
  server.answers.offerFile = () => {
    throw { code: 9003, error: 'TOO_LARGE', message: 'no' };
  };
  await assert.rejects(room.sendFile(new Blob(['x'])), { name: 'TOO_LARGE' });
  assert.equal(stored.size, 0);
});

test('a store that refuses or is away is an error, and nothing is sent', limit, async () => {
  answer = 403;
  await assert.rejects(room.sendFile(new Blob(['x'])), { name: 'UPLOAD_FAILED', code: -5, message: /403/ });
  server.answers.offerFile = () => ({ fileId: 'f1', uploadUrl: 'http://127.0.0.1:1/f1' });
  await assert.rejects(room.sendFile(new Blob(['x'])), { name: 'UPLOAD_FAILED' });
  assert.equal(server.ofType('sendFile').length, 0);
});

test('an upload stops when it is told to, and when the room is over', limit, async () => {
  answer = 0;
  const stop = new AbortController();
  for (const end of [() => stop.abort(), () => room.onOver('kicked')]) {
    const arrived = new Promise((resolve) => (onArrival = () => resolve(undefined)));
    const sending = assert.rejects(room.sendFile(new Blob(['x']), { signal: stop.signal.aborted ? undefined : stop.signal }), { name: 'CLOSED' });
    await arrived;
    end();
    await sending;
  }
  await assert.rejects(room.sendFile(new Blob(['x']), { signal: stop.signal }), { name: 'CLOSED' });
  assert.equal(server.ofType('sendFile').length, 0);
});

test('a file that somebody sent comes as an event', () => {
  const data = { fileId: 'f2', from: 'p2', uid: 'u2', name: 'b.txt', contentType: 'text/plain', bytes: 3, url: 'http://store/f2', expiresAtMs: 9, sentAtMs: 8 };
  /** @type {any[]} */
  const heard = [];
  room.on('file', (file) => heard.push(file));
  room.onPush({ seq: 6, type: 'file', roomId: 'r', data });
  assert.deepEqual(heard, [data]);
});
