import { closed, uploadFailed } from './errors.js';

/**
 * Puts a file where a signed address says. The browser alone knows how far it is, and only of an XMLHttpRequest.
 *
 * @param {string} url
 * @param {Blob} blob
 * @param {{onProgress?: (sentBytes: number, bytes: number) => void, signal?: AbortSignal}} [options] progress: from 0 to all, while bytes go out
 * @returns {Promise<void>} once the store has all of it
 * @throws {import('./errors.js').ParleyError} UPLOAD_FAILED; CLOSED when the signal said stop
 */
export function upload(url, blob, { onProgress, signal } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(closed('The upload was stopped.'));
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const fail = (/** @type {string} */ why) => reject(uploadFailed(`${why}; try again.`));
    request.upload.onprogress = ({ loaded }) => onProgress?.(Math.min(loaded, blob.size), blob.size);
    request.onload = () => {
      if (request.status < 200 || request.status > 299) return fail(`The file store answered ${request.status}`);
      onProgress?.(blob.size, blob.size);
      resolve();
    };
    request.onerror = () => fail('The file store cannot be reached');
    request.onabort = () => reject(closed('The upload was stopped.'));
    request.onloadend = () => signal?.removeEventListener('abort', stop);
    signal?.addEventListener('abort', stop);
    request.open('PUT', url);
    request.send(blob);
  });
}
