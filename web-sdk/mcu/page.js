/** The tags of the page that the calls name by id. */

/**
 * @param {string | undefined} id
 * @returns {HTMLMediaElement | null}
 */
export function player(id) {
  const element = find(id);
  return element && 'srcObject' in element ? /** @type {HTMLMediaElement} */ (element) : null;
}

/**
 * @param {string | undefined} id
 * @param {string | number} text shown in the label, and in its `name`, where pages read it
 */
export function label(id, text) {
  const element = find(id);
  if (!element) return;
  element.textContent = String(text);
  element.setAttribute('name', String(text));
}

/**
 * @param {string | undefined} id
 * @param {MediaStream | null} stream
 * @param {boolean} muted
 */
export function show(id, stream, muted) {
  const element = player(id);
  if (!element) return;
  element.srcObject = stream;
  if (!stream) return;
  element.muted = muted;
  if (element instanceof HTMLVideoElement) element.playsInline = true;
  element.play().catch(() => {}); // plays as soon as the person has touched the page
}

/**
 * Saves a file as if the person had clicked a link to it.
 *
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** @param {string | undefined} id */
function find(id) {
  return id && globalThis.document ? document.getElementById(id) : null;
}
