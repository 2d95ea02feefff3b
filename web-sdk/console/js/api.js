import { t, errorText } from './i18n.js';

/** What the server refused, or that it could not be reached (`name` CONNECTION_LOST). */
export class ApiError extends Error {
  /**
   * @param {number} status of HTTP, 0 when there was no answer
   * @param {string} name of docs/errors.md
   * @param {string} detail what the server says about this case, in English
   */
  constructor(status, name, detail) {
    super(errorText(name, detail));
    this.status = status;
    this.name = name;
    this.detail = detail;
  }
}

/** @typedef {{id: number, account: string, company: string, name: string, level: number, email: string, phone: string, job: string, enabled: boolean, createdAtMs: number}} User */
/** @typedef {{user: User, csrf: string, rights: Record<string, string>}} Session */

/** @type {Session | null} */
let session = null;
/** @type {() => void} */
let onGone = () => {};

/** Only while somebody is signed in. @returns {User} */
export function me() {
  if (!session) throw new Error('nobody is signed in');
  return session.user;
}

/** How far an operation of the permission table reaches for the user: '' = not at all. Only what is shown hangs on it; the server decides. @param {string} operation */
export const reach = (operation) => session?.rights[operation] ?? '';

/** @param {string} operation */
export const may = (operation) => reach(operation) !== '';

/** @param {() => void} listener called when the server no longer knows the session */
export const whenSignedOut = (listener) => (onGone = listener);

/** The session that the browser's cookie stands for. @returns {Promise<boolean>} */
export async function resume() {
  try {
    session = await call('GET', '/console/session');
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    session = null;
  }
  return session !== null;
}

/** @param {{company: string, account: string, password: string}} who */
export async function signIn(who) {
  session = await call('POST', '/console/session', who);
}

export async function signOut() {
  await call('DELETE', '/console/session');
  session = null;
}

/** A path of the interface as an address for links and players. @param {string} path below /v1 */
export const address = (path) => `/console/v1${path}`;

/**
 * Asks the server.
 *
 * @param {string} method
 * @param {string} path below /v1
 * @param {object} [body]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 * @throws {ApiError}
 */
export async function call(method, path, body, signal) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (body) headers['content-type'] = 'application/json';
  if (method !== 'GET' && session) headers['x-parley-csrf'] = session.csrf;
  let response;
  try {
    response = await fetch(address(path), { method, headers, body: body && JSON.stringify(body), signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'CONNECTION_LOST', t('connectionLost'));
  }
  const text = await response.text();
  let answer;
  try {
    answer = text ? JSON.parse(text) : {};
  } catch {
    throw new ApiError(response.status, 'INTERNAL', `HTTP ${response.status}`);
  }
  if (response.ok) return answer;
  const problem = new ApiError(response.status, answer.error ?? 'INTERNAL', answer.message ?? `HTTP ${response.status}`);
  if (problem.name === 'TOKEN_INVALID' && session) {
    session = null;
    onGone();
  }
  throw problem;
}

/** One segment of a path. @param {string | number} text */
export const part = (text) => encodeURIComponent(String(text));
