import { byId, icon, make, paintAvatar } from './dom.js';
import { Sending, fileLink } from './files.js';
import { languageTag, t } from './i18n.js';
import { nameOf } from './names.js';

/** @import {Room, ParleyError} from '/sdk/core/index.js' */
/** @import {FileMessage} from '/sdk/core/room.js' */
/** @import {Participant} from '/sdk/core/wire.js' */

/** Older lines than this go. */
const MOST_LINES = 500;

/** Chat and people, beside the call. */
export class Panel {
  /** Messages that came while the chat was not to be seen. */
  unread = 0;

  #room;
  #on;
  #panel = byId('panel');
  #messages = byId('messages');
  /** @type {'chat' | 'people'} */
  #tab = 'chat';

  /**
   * @param {Room} room
   * @param {{changed: () => void, invite: () => void, mute: (p: Participant) => void, kick: (p: Participant) => void}} on
   */
  constructor(room, on) {
    this.#room = room;
    this.#on = on;
    this.#messages.replaceChildren();
    this.open(false);
    byId('tab-chat').onclick = () => this.show('chat');
    byId('tab-people').onclick = () => this.show('people');
    byId('panel-close').onclick = () => this.open(false);
    byId('people-invite').onclick = () => on.invite();
    const field = /** @type {HTMLTextAreaElement} */ (byId('message'));
    field.value = '';
    field.onkeydown = (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      void this.#send(field);
    };
    byId('composer').onsubmit = (event) => {
      event.preventDefault();
      void this.#send(field);
    };
    const picker = /** @type {HTMLInputElement} */ (byId('file'));
    byId('attach').onclick = () => picker.click();
    picker.onchange = () => {
      for (const file of picker.files ?? []) this.#attach(file);
      picker.value = ''; // the same file can be chosen again
    };
    this.update();
  }

  get isOpen() {
    return !this.#panel.hidden;
  }

  get tab() {
    return this.#tab;
  }

  /** @param {'chat' | 'people'} tab */
  toggle(tab) {
    if (this.isOpen && this.#tab === tab) this.open(false);
    else this.show(tab);
  }

  /** @param {'chat' | 'people'} tab */
  show(tab) {
    this.#tab = tab;
    for (const name of /** @type {const} */ (['chat', 'people'])) {
      byId(name).hidden = name !== tab;
      byId(`tab-${name}`).setAttribute('aria-selected', String(name === tab));
    }
    this.open(true);
    if (tab === 'chat') byId('message').focus();
  }

  /** @param {boolean} open */
  open(open) {
    this.#panel.hidden = !open;
    if (open && this.#tab === 'chat') {
      this.unread = 0;
      this.#messages.scrollTop = this.#messages.scrollHeight;
    }
    this.#on.changed();
  }

  /**
   * A line that nobody wrote.
   *
   * @param {string} text
   * @param {{text: string, url: string}} [link]
   */
  note(text, link) {
    const line = make('li', { class: 'note' }, text);
    if (link) line.append(' ', make('a', { href: link.url, target: '_blank', rel: 'noopener' }, link.text));
    this.#append(line);
  }

  /**
   * @param {string} name
   * @param {string} text
   * @param {number} sentAtMs
   */
  hear(name, text, sentAtMs) {
    this.#arrive(line(name, make('p', {}, text), sentAtMs, false));
  }

  /**
   * A file from somebody else.
   *
   * @param {string} name of the sender
   * @param {FileMessage} file
   */
  receive(name, file) {
    this.#arrive(line(name, make('p', { class: 'file' }, fileLink(file)), file.sentAtMs, false));
  }

  /** @param {HTMLElement} item */
  #arrive(item) {
    this.#append(item);
    if (this.isOpen && this.#tab === 'chat') return;
    this.unread++;
    this.#on.changed();
  }

  /** Makes the list like the room. */
  update() {
    this.#messages.dataset.empty = t('noMessages');
    byId('people-count').textContent = String(this.#room.participants.length);
    if (this.#tab === 'people') this.#showPeople();
    else byId('people-list').replaceChildren();
  }

  #showPeople() {
    const me = this.#room.me;
    const leads = me?.role === 'host' || me?.role === 'cohost';
    byId('people-list').replaceChildren(...this.#room.participants.map((p) => this.#person(p, p === me, leads)));
  }

  /**
   * @param {Participant} participant
   * @param {boolean} mine
   * @param {boolean} leads whether I may mute and remove others
   */
  #person(participant, mine, leads) {
    const name = nameOf(participant);
    const face = make('span', { class: 'avatar', 'aria-hidden': 'true' });
    paintAvatar(face, name);
    const what = this.#what(participant);
    const row = make(
      'li',
      { class: 'person' },
      face,
      make('span', { class: 'person-name' }, mine ? t('youSuffix', { name }) : name, what ? make('small', {}, what) : null),
    );
    const feed = participant.feeds.find(({ source }) => source !== 'screen');
    const silent = !feed?.audio || feed.audioMuted;
    if (leads && !mine) {
      if (!silent) row.append(act('mic-off', `${t('muteOther')}: ${name}`, () => this.#on.mute(participant)));
      row.append(act('kick', `${t('remove')}: ${name}`, () => this.#on.kick(participant)));
    }
    row.append(icon(silent ? 'mic-off' : 'mic', silent ? 'muted' : ''), icon(!feed?.video || feed.videoMuted ? 'cam-off' : 'cam'));
    return row;
  }

  /** @param {Participant} participant */
  #what({ state, kind, role }) {
    if (state === 'reconnecting') return t('away');
    if (kind !== 'member') return t(kind);
    return role === 'host' || role === 'cohost' ? t(role) : '';
  }

  /** @param {HTMLTextAreaElement} field */
  async #send(field) {
    const text = field.value.trim();
    if (!text) return;
    field.value = '';
    const mine = line(t('you'), make('p', {}, text), Date.now(), true);
    this.#append(mine);
    await this.#deliver(mine, text);
  }

  /**
   * @param {HTMLElement} mine
   * @param {string} text
   */
  async #deliver(mine, text) {
    mine.querySelector('.message-retry')?.remove();
    mine.dataset.state = 'sending';
    try {
      await this.#room.sendText(text);
      mine.dataset.state = 'sent';
    } catch (error) {
      mine.dataset.state = 'failed';
      const again = make('button', { class: 'message-retry', type: 'button' }, t('notSent'));
      again.title = /** @type {ParleyError} */ (error).message;
      again.onclick = () => this.#deliver(mine, text);
      mine.append(again);
    }
  }

  /** @param {File} file */
  #attach(file) {
    const sending = new Sending(this.#room, file);
    this.#append(line(t('you'), sending.element, Date.now(), true));
    void sending.run();
  }

  /** @param {HTMLElement} item */
  #append(item) {
    const list = this.#messages;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    list.append(item);
    while (list.childElementCount > MOST_LINES) list.firstElementChild?.remove();
    if (atEnd || item.dataset.mine === 'true') list.scrollTop = list.scrollHeight;
  }
}

/**
 * @param {string} name
 * @param {HTMLElement} body
 * @param {number} sentAtMs
 * @param {boolean} mine
 */
function line(name, body, sentAtMs, mine) {
  const time = new Date(sentAtMs).toLocaleTimeString(languageTag(), { hour: '2-digit', minute: '2-digit' });
  return make('li', { class: 'message', 'data-mine': String(mine) }, make('header', {}, make('span', {}, name), make('time', {}, time)), body);
}

/**
 * @param {string} name
 * @param {string} label
 * @param {() => void} run
 */
function act(name, label, run) {
  const button = make('button', { class: 'plain', type: 'button', 'aria-label': label, title: label }, icon(name));
  button.onclick = run;
  return button;
}
