/** @typedef {{roomId: string, rtoken: string, bizName: string}} Invitation bizName: the application that the room is of, "" for the suite's own */

/**
 * The link that lets others in. The room's password travels behind the #, so it reaches no server's log.
 *
 * @param {string} roomId
 * @param {string} rtoken
 * @param {string} bizName
 */
export function invitationLink(roomId, rtoken, bizName) {
  const biz = bizName ? `&biz=${encodeURIComponent(bizName)}` : '';
  return `${location.origin}/?room=${encodeURIComponent(roomId)}${biz}${rtoken ? `#rtoken=${encodeURIComponent(rtoken)}` : ''}`;
}

/**
 * @param {string} text a link, or a room's number with or without spaces
 * @returns {Invitation} `roomId` "" when there is none in it
 */
export function readInvitation(text) {
  const trimmed = text.trim();
  if (!/^https?:/i.test(trimmed)) {
    return { roomId: /^[\d\s-]+$/.test(trimmed) ? trimmed.replace(/[\s-]/g, '') : trimmed, rtoken: '', bizName: '' };
  }
  try {
    const url = new URL(trimmed);
    const fragment = new URLSearchParams(url.hash.slice(1));
    return {
      roomId: url.searchParams.get('room') ?? '',
      rtoken: fragment.get('rtoken') ?? url.searchParams.get('rtoken') ?? '',
      bizName: url.searchParams.get('biz') ?? '',
    };
  } catch {
    return { roomId: '', rtoken: '', bizName: '' };
  }
}

/** @param {string} roomId @returns {string} nine digits in threes, as people read them out */
export function spaced(roomId) {
  return /^\d{9}$/.test(roomId) ? roomId.replace(/(\d{3})(?=\d)/g, '$1 ') : roomId;
}
