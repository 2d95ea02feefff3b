import { connect, warmUp } from '/sdk/core/index.js';
import { Call } from './call.js';
import { Devices } from './devices.js';
import { byId, icon, loadIcons, make } from './dom.js';
import { onLanguage, otherLanguageName, switchLanguage, t, translatePage } from './i18n.js';
import { EarlySession } from './early.js';
import { invitationLink } from './invitation.js';
import { Lobby } from './lobby.js';
import { guestToken } from './server.js';
import { statsOf } from './automation.js';

/** @import {ParleyError} from '/sdk/core/index.js' */
/** @import {TextKey} from './i18n.js' */
/** @import {Choice} from './lobby.js' */

/** What each refusal of a join means to a person. @type {Record<string, TextKey>} */
const REFUSALS = {
  ROOM_TOKEN_WRONG: 'roomToken',
  ROOM_FULL: 'roomFull',
  ROOM_LOCKED: 'roomLocked',
  ROOM_ENDED: 'roomEnded',
  PIN_REQUIRED: 'roomPin',
  CONNECTION_LOST: 'unreachable',
};

const devices = new Devices();
const early = new EarlySession(async (name, bizName) => {
  const asked = guestToken(name, bizName);
  const session = await connect({ token: asked });
  return { session, token: await asked };
});
const lobby = new Lobby(devices, { join, named: (name, bizName) => early.expect(name, bizName) });
/** @type {Call | null} */
let call = null;
/** When somebody last asked to join, performance.now(). */
let clickedAt = 0;

/**
 * Token, connection, room; then the call.
 *
 * @param {Choice} choice
 */
async function join(choice) {
  clickedAt = performance.now();
  /** @type {import('/sdk/core/index.js').Session | undefined} */
  let session;
  try {
    const opened = await early.take(choice.name, choice.bizName);
    session = opened.session;
    let { roomId, rtoken } = choice;
    if (choice.isNew) {
      const made = await session.createRoom({ roomId: roomId || undefined, name: choice.roomName, pin: choice.pin || undefined });
      ({ roomId, rtoken } = made);
    }
    const room = await session.join({ roomId, rtoken: rtoken || undefined, pin: choice.pin || undefined });
    history.replaceState(null, '', invitationLink(room.roomId, room.rtoken, choice.bizName)); // a reload comes back here
    await nextTask(); // the media's first offer is made while the page is built
    lobby.leave();
    call = new Call(session, room, { token: opened.token, bizName: choice.bizName }, devices);
    Object.assign(window.parley, { session, room });
    const again = { ...choice, isNew: false, roomId, rtoken: room.rtoken };
    session.on('ended', ({ reason }) => over(reason === 'displaced' ? 'Displaced' : 'Lost', again));
    room.on('ended', ({ reason }) => {
      if (session?.state === 'closed') return; // the session has said it
      over(/** @type {const} */ ({ left: 'Left', kicked: 'Kicked', ended: 'Ended', empty: 'Ended', lost: 'Lost' })[reason], again);
    });
  } catch (error) {
    session?.close();
    refused(choice, /** @type {ParleyError} */ (error));
  }
}

/**
 * @param {Choice} choice
 * @param {ParleyError} error
 */
function refused(choice, error) {
  if (call) return;
  showLobby();
  if (error.name === 'ROOM_NOT_FOUND') {
    lobby.complain(t('roomUnknown', { room: choice.roomId }), { text: t('roomCreate'), run: () => lobby.create() });
  } else {
    lobby.complain(REFUSALS[error.name] ? t(REFUSALS[error.name]) : t('failed', { message: error.message }));
    if (error.name === 'PIN_REQUIRED') lobby.askPin();
  }
}

function showLobby() {
  document.body.dataset.view = 'lobby';
  byId('goodbye').hidden = true;
  if (byId('lobby').hidden) lobby.enter();
}

/** @returns {Promise<void>} in a task of its own, after everything that waits now */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/**
 * @param {'Left' | 'Kicked' | 'Ended' | 'Lost' | 'Displaced'} how
 * @param {Choice} again what would bring me back
 */
function over(how, again) {
  const ended = call;
  if (!ended) return;
  call = null;
  ended.close();
  document.body.dataset.view = 'goodbye';
  byId('goodbye').hidden = false;
  byId('goodbye-title').textContent = t(/** @type {TextKey} */ (`bye${how}`));
  byId('goodbye-text').textContent = t(/** @type {TextKey} */ (`bye${how}Text`));
  byId('results').replaceChildren();
  void ended.recording.finish(({ url }) => {
    byId('results').append(make('li', {}, make('a', { href: url, target: '_blank', rel: 'noopener' }, icon('download'), t('recordingFile'))));
  });
  byId('rejoin').hidden = how === 'Ended' || how === 'Kicked';
  byId('rejoin').onclick = () => {
    byId('goodbye').hidden = true;
    void devices.start().then(() => join(again));
  };
}

function showLanguage() {
  byId('language-name').textContent = otherLanguageName();
  document.title = 'Parley';
}

window.parley = { session: null, room: null, stats: () => statsOf(call, clickedAt) };
translatePage();
showLanguage();
onLanguage(showLanguage);
byId('language').onclick = switchLanguage;
addEventListener('pagehide', () => {
  early.drop();
  call?.session.close();
});
lobby.enter();
void loadIcons();
void warmUp();
