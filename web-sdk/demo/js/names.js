import { t } from './i18n.js';

/** @import {Participant} from '/sdk/core/wire.js' */

/**
 * What a participant is called on the page.
 *
 * @param {Participant} participant
 */
export function nameOf({ kind, displayName, uid }) {
  return kind === 'playback' ? t('botName') : displayName || uid;
}
