import { adviceOn, Meter } from './devices.js';
import { byId, icon, make, paintAvatar } from './dom.js';
import { onLanguage, t } from './i18n.js';
import { readInvitation, spaced } from './invitation.js';

/** @import {Devices, Kind} from './devices.js' */

const METER_MS = 60;
const STORED_NAME = 'parley.name';

/**
 * What somebody has chosen in the lobby.
 *
 * @typedef {object} Choice
 * @property {string} name
 * @property {boolean} isNew
 * @property {string} roomName of a new room
 * @property {string} roomId "" for a new one that the server shall number
 * @property {string} rtoken
 * @property {string} pin
 * @property {string} bizName the application, "" for the suite's own
 */

/** The page before the call: name, room, devices. */
export class Lobby {
  #devices;
  #meter = new Meter();
  /** @type {any} */
  #ticking;
  #invited = readInvitation(location.href);
  #to;

  /**
   * @param {Devices} devices
   * @param {{join: (choice: Choice) => Promise<void>, named: (name: string, bizName: string) => void}} to named: what stands in the form before anybody joins
   */
  constructor(devices, to) {
    this.#devices = devices;
    this.#to = to;
    devices.on('changed', (kind) => this.#show(kind));
    onLanguage(() => this.#showAll());

    const name = /** @type {HTMLInputElement} */ (byId('name'));
    name.value = new URLSearchParams(location.search).get('name') ?? localStorage.getItem(STORED_NAME) ?? '';
    name.oninput = () => {
      this.#paintFace();
      this.#tellName();
    };
    if (this.#invited.roomId) {
      this.#setMode('join');
      /** @type {HTMLInputElement} */ (byId('room')).value = spaced(this.#invited.roomId);
      byId('mode').hidden = true;
    }
    byId('mode').onchange = () => this.#setMode(this.#mode());
    byId('lobby-mic').onclick = () => devices.set('audio', !devices.wanted.audio);
    byId('lobby-cam').onclick = () => devices.set('video', !devices.wanted.video);
    for (const [id, kind] of /** @type {[string, Kind][]} */ ([['microphone', 'audio'], ['camera', 'video']])) {
      const select = /** @type {HTMLSelectElement} */ (byId(id));
      select.onchange = () => devices.choose(kind, select.value);
    }
    byId('entrance').onsubmit = (event) => {
      event.preventDefault();
      void this.#submit();
    };
  }

  /** Shows it and opens the devices. */
  enter() {
    byId('lobby').hidden = false;
    this.#showAll();
    this.#ticking = setInterval(() => byId('meter').style.setProperty('--level', this.#devices.live('audio') ? this.#meter.level().toFixed(2) : '0'), METER_MS);
    if (!byId('name').matches(':focus') && !/** @type {HTMLInputElement} */ (byId('name')).value) byId('name').focus();
    this.#tellName();
    void this.#devices.start();
  }

  leave() {
    byId('lobby').hidden = true;
    clearInterval(this.#ticking);
    this.#meter.watch(null);
    /** @type {HTMLVideoElement} */ (byId('preview')).srcObject = null;
  }

  /**
   * Says what went wrong and what to do.
   *
   * @param {string} text
   * @param {{text: string, run: () => void}} [action]
   */
  complain(text, action) {
    const problem = byId('problem');
    problem.replaceChildren(text);
    if (action) {
      const button = make('button', { type: 'button' }, action.text);
      button.onclick = action.run;
      problem.append(' ', button);
    }
    problem.hidden = false;
  }

  askPin() {
    byId('pin-field').hidden = false;
    byId('pin').focus();
  }

  /** @param {Partial<Choice>} [change] tries to join with what stands in the form */
  async #submit(change = {}) {
    byId('problem').hidden = true;
    const choice = { ...this.#choice(), ...change };
    if (!choice.name) return this.#needs('name', t('needName'));
    if (!choice.isNew && !choice.roomId) return this.#needs('room', t('needRoom'));
    localStorage.setItem(STORED_NAME, choice.name);
    this.#setBusy(true);
    await this.#to.join(choice).finally(() => this.#setBusy(false));
  }

  /** The same again, as a new room of this number. */
  create() {
    void this.#submit({ isNew: true });
  }

  #tellName() {
    const { name, bizName } = this.#choice();
    this.#to.named(name, bizName);
  }

  /** @returns {Choice} */
  #choice() {
    const isNew = this.#mode() === 'new';
    const typed = readInvitation(value('room'));
    return {
      name: value('name'),
      isNew,
      roomName: value('room-name'),
      roomId: isNew ? '' : typed.roomId,
      rtoken: typed.rtoken || (typed.roomId === this.#invited.roomId ? this.#invited.rtoken : ''),
      pin: value('pin'),
      bizName: typed.bizName || this.#invited.bizName,
    };
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  #needs(id, text) {
    this.complain(text);
    byId(id).focus();
  }

  #mode() {
    return /** @type {HTMLInputElement} */ (document.querySelector('input[name=mode]:checked')).value;
  }

  /** @param {string} mode */
  #setMode(mode) {
    /** @type {HTMLInputElement} */ (document.querySelector(`input[name=mode][value=${mode}]`)).checked = true;
    byId('room-name-field').hidden = mode !== 'new';
    byId('room-field').hidden = mode !== 'join';
    byId('problem').hidden = true;
    this.#showTexts();
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    /** @type {HTMLButtonElement} */ (byId('join')).disabled = busy;
    byId('join-text').textContent = busy ? t('joining') : t(this.#mode() === 'new' ? 'start' : 'join');
  }

  #showAll() {
    this.#showTexts();
    this.#show('audio');
    this.#show('video');
  }

  #showTexts() {
    byId('join-text').textContent = t(this.#mode() === 'new' ? 'start' : 'join');
    byId('lead').textContent = t(this.#invited.roomId ? 'leadInvited' : 'lead');
  }

  /** @param {Kind} kind */
  #show(kind) {
    if (byId('lobby').hidden) return;
    this.#showButton(kind);
    void this.#showList(kind);
    if (kind === 'audio') {
      this.#meter.watch(this.#devices.tracks.audio);
      const advice = this.#devices.asking ? null : adviceOn(this.#devices, 'audio');
      byId('audio-advice').textContent = advice && advice !== 'insecure' ? t(advice) : '';
      return;
    }
    const video = /** @type {HTMLVideoElement} */ (byId('preview'));
    const track = this.#devices.tracks.video;
    if (/** @type {MediaStream | null} */ (video.srcObject)?.getVideoTracks()[0] !== track) video.srcObject = track && new MediaStream([track]);
    byId('preview-off').hidden = track !== null;
    this.#paintFace();
  }

  #paintFace() {
    paintAvatar(byId('preview-avatar'), value('name') || '·');
    byId('preview-why').textContent = this.#why();
  }

  #why() {
    const devices = this.#devices;
    if (devices.asking) return t('asking');
    return t(adviceOn(devices, 'video') ?? 'cameraOff');
  }

  /** @param {Kind} kind */
  #showButton(kind) {
    const button = byId(kind === 'audio' ? 'lobby-mic' : 'lobby-cam');
    const on = this.#devices.live(kind);
    const label = kind === 'audio' ? t(on ? 'micOn' : 'micOff') : t(on ? 'camOn' : 'camOff');
    button.replaceChildren(icon((kind === 'audio' ? 'mic' : 'cam') + (on ? '' : '-off')));
    button.setAttribute('aria-pressed', String(on));
    button.setAttribute('aria-label', label);
    button.title = label;
  }

  /** @param {Kind} kind */
  async #showList(kind) {
    const devices = await this.#devices.list(kind);
    const select = /** @type {HTMLSelectElement} */ (byId(kind === 'audio' ? 'microphone' : 'camera'));
    const chosen = this.#devices.chosen(kind);
    select.disabled = devices.length === 0;
    select.replaceChildren(
      ...(devices.length === 0
        ? [make('option', {}, t('noDevice'))]
        : devices.map((device, i) =>
            make('option', { value: device.deviceId, selected: device.deviceId === chosen }, device.label || t('device', { n: i + 1 })),
          )),
    );
  }
}

/** @param {string} id */
const value = (id) => /** @type {HTMLInputElement} */ (byId(id)).value.trim();
