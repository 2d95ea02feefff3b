import assert from 'node:assert/strict';
import { WebSocket } from 'ws';
import { McuController } from '../mcu/index.js';
import { CALLBACKS } from '../mcu/names.js';
import { WireServer } from './wire-server.js';

export const FEED = { feedId: 'f1', tag: 'main', source: 'camera', audio: true, video: true, audioMuted: false, videoMuted: false };
export const SNAPSHOT = {
  roomId: '123456789',
  seq: 5,
  participantId: 'me',
  rtoken: 'secret',
  room: { name: '', capacity: 50, locked: false, startedAtMs: 1, recording: '' },
  iceServers: [],
  participants: [
    { participantId: 'me', uid: 'alice', displayName: 'alice', role: 'host', kind: 'member', state: 'present', joinedAtMs: 1, feeds: [] },
    { participantId: 'p2', uid: 'bob', displayName: 'bob', role: 'guest', kind: 'member', state: 'present', joinedAtMs: 2, feeds: [FEED] },
  ],
  subscriptions: [{ participantId: 'p2', feedId: 'f9' }],
};

/** A page that uses McuController against a WebSocket server that says what a test wants. */
export class McuPage {
  /** @type {[string, ...any[]][]} what was called back, in order */
  heard = [];
  /** @type {(() => void)[]} */
  #waiting = [];
  #read = 0;

  /** @param {WireServer} server */
  constructor(server) {
    this.server = server;
    this.mcu = this.renew({});
  }

  /**
   * A new controller takes the place of the one before.
   *
   * @param {Record<string, number>} timeouts seconds, of what is not to be answered; all else has time on a busy machine
   * @returns {any}
   */
  renew(timeouts) {
    this.mcu?.Disconnect();
    this.heard = [];
    this.#read = 0;
    const options = { WebSocket: /** @type {any} */ (WebSocket), timeouts: { connect: 60, create: 60, join: 60, record: 60, media: 60, ...timeouts } };
    const mcu = /** @type {any} */ (new McuController(options));
    for (const name of CALLBACKS) mcu[name] = (/** @type {any[]} */ ...args) => this.mcu === mcu && this.note(name, args);
    mcu.OnGetSign = () => 'a signature';
    return (this.mcu = mcu);
  }

  static async open() {
    return new McuPage(await McuPage.serve());
  }

  /** @returns {Promise<WireServer>} with one room */
  static async serve() {
    const server = await WireServer.start();
    Object.assign(server.answers, { createRoom: () => ({ roomId: SNAPSHOT.roomId, rtoken: SNAPSHOT.rtoken }), joinRoom: () => SNAPSHOT, leaveRoom: () => ({}) });
    return server;
  }

  /**
   * @param {string} name
   * @param {any[]} args
   */
  note(name, args) {
    this.heard.push([name, ...args]);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /**
   * @param {string} name of the callback that comes next
   * @param {...any} args its first arguments
   * @returns {Promise<any[]>} all its arguments
   */
  async hears(name, ...args) {
    const [found, ...given] = await this.next();
    assert.deepEqual([found, ...given.slice(0, args.length)], [name, ...args]);
    return given;
  }

  /** @returns {Promise<[string, ...any[]]>} the next callback that no one has read */
  async next() {
    while (this.heard.length <= this.#read) await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    return this.heard[this.#read++];
  }

  /**
   * Skips callbacks of other names.
   *
   * @param {string} name
   * @returns {Promise<any[]>} its arguments
   */
  async heardOf(name) {
    for (;;) {
      const [found, ...args] = await this.next();
      if (found === name) return args;
    }
  }

  get config() {
    return { uid: 'alice', room_server_url: this.server.url, biz_name: 'biz', sub_biz: '' };
  }

  async connected() {
    this.mcu.Connect(this.config);
    await this.heardOf('OnConnectOK');
  }

  async initialised(config = {}) {
    await this.connected();
    this.mcu.InitRoomConfig({ auto_publish_subscribe: 4, ...config });
    await this.heardOf('OnInitRoomConfigOK');
  }

  async joined(config = {}) {
    await this.initialised(config);
    this.mcu.JoinRoom(SNAPSHOT.roomId, SNAPSHOT.rtoken);
    await this.heardOf('OnRoomAttendanceList');
  }

  /**
   * @param {number} seq
   * @param {string} type
   * @param {any} data
   */
  push(seq, type, data) {
    this.server.send({ seq, type, roomId: SNAPSHOT.roomId, data });
  }

  /**
   * What the server refuses from now on.
   *
   * @param {string} type
   * @param {string} error
   */
  refuse(type, error = 'NOT_ALLOWED', code = 1011) {
    this.server.answers[type] = () => {
      throw { code, error, message: error };
    };
  }

  async close() {
    const closed = new Promise((resolve) => (this.mcu.OnConnectClose = () => resolve(undefined)));
    this.mcu.Disconnect();
    await closed; // a request that the server can answer no more would wait for its time
    await this.server.stop();
  }
}
