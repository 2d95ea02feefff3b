import { WebSocketServer } from 'ws';

/**
 * A WebSocket server for tests of the client: it speaks the envelope and the life of a connection of docs/protocol.md for one session, and lets a test decide the rest.
 */
export class WireServer {
  /** @type {any[]} every message that came */
  received = [];
  /** @type {Set<import('ws').WebSocket>} */
  sockets = new Set();
  /** @type {Record<string, (data: any) => any>} answers by type; throw {code, error} to refuse; undefined = no answer at all */
  answers = {
    connect: () => ({ sessionId: 's', resumeToken: 'k', uid: 'u', displayName: 'U', heartbeatSeconds: 10, graceSeconds: 30, serverTimeMs: Date.now() }),
    resume: () => ({ roomId: '', participantId: '' }),
    ping: () => ({ serverTimeMs: Date.now() }),
  };
  /** @type {(() => void)[]} */
  #waiting = [];

  static async start() {
    const server = new WireServer();
    server.wss = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    server.wss.on('connection', (socket) => server.#serve(socket));
    await new Promise((resolve) => server.wss?.once('listening', resolve));
    return server;
  }

  /** @type {WebSocketServer | undefined} */
  wss;

  get url() {
    const address = /** @type {import('node:net').AddressInfo} */ (this.wss?.address());
    return `ws://127.0.0.1:${address.port}/v1/ws`;
  }

  /** @param {import('ws').WebSocket} socket */
  #serve(socket) {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('message', (text) => {
      const message = JSON.parse(String(text));
      this.received.push(message);
      for (const wake of this.#waiting.splice(0)) wake();
      if (!message.id) return;
      try {
        const data = this.answers[message.type]?.(message.data);
        if (data !== undefined) socket.send(JSON.stringify({ re: message.id, code: 0, data }));
      } catch (refusal) {
        socket.send(JSON.stringify({ re: message.id, .../** @type {any} */ (refusal) }));
      }
    });
  }

  /**
   * @param {(received: any[]) => boolean} condition on all that came; fails by the test's own time limit
   */
  async until(condition) {
    while (!condition(this.received)) await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
  }

  /** @param {string} type */
  ofType(type) {
    return this.received.filter((message) => message.type === type);
  }

  /** @param {any} message to every client */
  send(message) {
    for (const socket of this.sockets) socket.send(JSON.stringify(message));
  }

  /** Cuts all sockets without a word. */
  cut() {
    for (const socket of this.sockets) socket.terminate();
  }

  async stop() {
    this.cut();
    await new Promise((resolve) => this.wss?.close(resolve));
  }
}
