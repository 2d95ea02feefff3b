import { ParleyError } from '/sdk/core/index.js';

/**
 * A token for somebody without account.
 *
 * @param {string} displayName
 * @param {string} bizName of the application, "" for the suite's own
 * @returns {Promise<string>}
 * @throws {ParleyError} GUESTS_NOT_ALLOWED, TOO_MANY, CONNECTION_LOST
 */
export async function guestToken(displayName, bizName) {
  return (await call('POST', '/v1/guest-tokens', { body: { bizName, displayName, room: '' } })).token;
}

/**
 * @param {string} recordId
 * @param {string} token
 * @returns {Promise<{state: string, fileUrl: string, durationMs: number}>}
 */
export function recordingOf(recordId, token) {
  return call('GET', `/v1/recordings/${encodeURIComponent(recordId)}`, { token });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{body?: object, token?: string}} options
 * @returns {Promise<any>}
 */
async function call(method, path, { body, token }) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (body) headers['content-type'] = 'application/json';
  if (token) headers.authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  } catch {
    throw new ParleyError(-2, 'CONNECTION_LOST', 'The server cannot be reached.');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ParleyError(answer.code ?? 9004, answer.error ?? 'INTERNAL', answer.message ?? `HTTP ${response.status}`);
  return answer;
}
