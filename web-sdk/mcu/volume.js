/** @import {Desk} from './desk.js' */

/**
 * Gives the page an analyser of a stream's sound.
 *
 * @param {Desk} desk
 * @param {number} sid
 * @param {MediaStream} stream
 * @returns {() => void} ends it
 */
export function analyse(desk, sid, stream) {
  if (stream.getAudioTracks().length === 0) return () => {};
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  audio.createMediaStreamSource(stream).connect(analyser);
  desk.tell('OnVolumeAnalyser', String(sid), analyser);
  return () => void audio.close();
}
