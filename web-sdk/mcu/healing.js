import { reopen } from './capture.js';

/** @import {Publication} from './publishing.js' */
/** @import {LocalFeed} from '../core/index.js' */
/** @import {Log} from './log.js' */

/**
 * Brings back a camera or a microphone that was pulled: tried at once (another device may be there) and whenever devices change, until one opens.
 *
 * @param {Publication} publication
 * @param {LocalFeed} feed
 * @param {Log} log
 * @returns {() => void} ends it
 */
export function healDevices(publication, feed, log) {
  /** @type {Set<'audio' | 'video'>} */
  const lost = new Set();
  let busy = false;
  let again = false;
  const heal = async () => {
    if (publication.config.publish_device !== 1) return;
    again = busy; // what has changed since counts for the next look
    if (busy) return;
    busy = true;
    for (const kind of [...lost]) {
      try {
        const { videoSource: _, audioSource: __, ...any } = publication.config;
        const { stream } = await reopen(any, { audio: kind === 'audio', video: kind === 'video' });
        const [track] = stream.getTracks();
        if (!lost.has(kind)) track.stop();
        else await feed.replaceTrack(kind, track);
        lost.delete(kind);
        log.add('device is back', kind, track.label);
      } catch (error) {
        log.add('device is still away', kind, error);
      }
    }
    busy = false;
    if (again) void heal();
  };
  const off = feed.on('trackEnded', ({ kind }) => {
    lost.add(kind);
    void heal();
  });
  const onChange = () => void heal();
  navigator.mediaDevices?.addEventListener?.('devicechange', onChange);
  return () => {
    off();
    lost.clear();
    navigator.mediaDevices?.removeEventListener?.('devicechange', onChange);
  };
}
