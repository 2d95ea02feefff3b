import { Bar } from './bar.js';
import { adviceOn, Meter } from './devices.js';
import { byId, icon, make } from './dom.js';
import { onLanguage, t } from './i18n.js';
import { invitationLink, spaced } from './invitation.js';
import { nameOf } from './names.js';
import { Panel } from './panel.js';
import { Publisher } from './publisher.js';
import { Recording } from './recording.js';
import { Stage } from './stage.js';
import { toast } from './toasts.js';

/** @import {ParleyError, Room, Session} from '/sdk/core/index.js' */
/** @import {Devices, Kind} from './devices.js' */

/** What the page shows while in a room. One object per call. */
export class Call {
  session;
  room;
  stage;
  recording;

  #devices;
  #bizName;
  #meter = new Meter();
  #publisher;
  #panel;
  #bar;
  /** @type {string} the playback that I started, "" for none */
  #vodId = '';
  #botBusy = false;
  /** @type {any} */
  #clock;
  #alone = this.#makeAlone();
  #off = new AbortController();

  /**
   * @param {Session} session
   * @param {Room} room
   * @param {{token: string, bizName: string}} access
   * @param {Devices} devices
   */
  constructor(session, room, { token, bizName }, devices) {
    this.session = session;
    this.room = room;
    this.#bizName = bizName;
    this.#devices = devices;
    byId('call').hidden = false;
    document.body.dataset.view = 'call';
    this.#bar = new Bar([
      { id: 'mic', run: () => void this.#switch('audio') },
      { id: 'cam', run: () => void this.#switch('video') },
      { id: 'share', folds: true, run: () => this.#try(this.#publisher.shareScreen(), 'shareFailed') },
      { id: 'record', folds: true, run: () => void this.recording.toggle() },
      { id: 'bot', folds: true, run: () => void this.#toggleBot() },
      { id: 'people', folds: true, run: () => this.#panel.toggle('people') },
      { id: 'chat', run: () => this.#panel.toggle('chat') },
      { id: 'more', narrow: true, run: () => this.#bar.open() },
      { id: 'leave', run: () => void room.leave().catch(() => {}).finally(() => session.close()) },
    ]);
    const changed = () => this.#schedule();
    this.#panel = new Panel(room, {
      changed,
      invite: () => void this.invite(),
      mute: (p) => this.#try(Promise.all(p.feeds.map((feed) => room.mute(feed.feedId, { audio: true })))),
      kick: (p) => this.#try(room.kick(p.participantId)),
    });
    this.recording = new Recording(room, token, { changed, note: (text, link) => this.#panel.note(text, link) });
    this.#publisher = new Publisher(room, devices, changed);
    this.stage = new Stage(room, () => this.#publisher.feeds, () => (devices.live('audio') ? this.#meter.level() ** 2 : 0));
    this.#listen();
    this.#clock = setInterval(() => this.#tick(), 1_000);
    this.#tick();
    this.#update();
  }

  /** Puts the invitation link on the clipboard, else shows it. */
  async invite() {
    const link = invitationLink(this.room.roomId, this.room.rtoken, this.#bizName);
    try {
      await navigator.clipboard.writeText(link);
      toast(t('copied'));
    } catch {
      toast(t('copyFailed', { link }), { stay: true });
    }
  }

  /** The view goes; the room was left before. */
  close() {
    this.#off.abort();
    clearInterval(this.#clock);
    this.#publisher.close();
    this.stage.close();
    this.#alone.remove();
    this.#meter.watch(null);
    this.#devices.stop();
    byId('call').hidden = true;
  }

  #listen() {
    const { room, session } = this;
    const signal = this.#off.signal;
    room.on('changed', () => this.#schedule());
    room.on('stream', () => this.#schedule());
    room.on('mediaState', () => this.#schedule());
    session.on('state', () => this.#schedule());
    this.#devices.on('changed', () => this.#schedule());
    onLanguage(() => this.#schedule());
    room.on('text', ({ from, text, sentAtMs }) => this.#panel.hear(this.#nameOf(from), text, sentAtMs));
    room.on('file', (file) => this.#panel.receive(this.#nameOf(file.from), file));
    room.on('participantJoined', ({ participant }) => this.#panel.note(t('joinedNote', { name: nameOf(participant) })));
    room.on('participantLeft', ({ participant, reason }) => {
      const key = reason === 'lost' ? 'lostNote' : reason === 'kicked' ? 'kickedNote' : 'leftNote';
      this.#panel.note(t(key, { name: nameOf(participant) }));
    });
    room.on('feedUpdated', ({ feed }) => this.#follow(feed));
    room.on('playback', ({ vodId, state, message }) => {
      if (vodId === this.#vodId && state !== 'playing') this.#vodId = '';
      if (state === 'failed') toast(t('botFailed', { message }), { tone: 'bad' });
      if (state === 'over') this.#panel.note(t('botOver'));
      this.#schedule();
    });
    byId('copy-id').onclick = () => void this.invite();
    document.addEventListener('keydown', (event) => this.#onKey(event), { signal });
  }

  /** A host may have muted me: the devices follow. @param {import('/sdk/core/wire.js').Feed} feed */
  #follow(feed) {
    if (feed.feedId !== this.#publisher.camera?.feedId) return;
    if (feed.audioMuted && this.#devices.live('audio') && this.#publisher.camera.audioMuted) {
      void this.#devices.set('audio', false);
      toast(t('mutedByHost'));
    }
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === 'Escape') {
      this.#bar.open(false);
      if (this.#panel.isOpen) this.#panel.open(false);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || target.closest('input, textarea, select')) return;
    if (event.key === 'm' || event.key === 'M') void this.#switch('audio');
    else if (event.key === 'v' || event.key === 'V') void this.#switch('video');
    else return;
    event.preventDefault();
  }

  /** @param {Kind} kind */
  async #switch(kind) {
    await this.#devices.set(kind, !this.#devices.live(kind));
    const advice = adviceOn(this.#devices, kind);
    if (advice) toast(t(advice), { tone: 'bad' });
  }

  async #toggleBot() {
    this.#botBusy = true;
    this.#schedule();
    try {
      if (this.#vodId) await this.room.stopPlayback(this.#vodId);
      else this.#vodId = (await this.room.startPlayback()).vodId;
    } catch (error) {
      this.#complain(error);
    }
    this.#botBusy = false;
    this.#schedule();
  }

  /**
   * @param {Promise<unknown>} doing
   * @param {'failed' | 'shareFailed'} [key]
   */
  #try(doing, key) {
    doing.catch((error) => this.#complain(error, key));
  }

  /**
   * @param {unknown} error
   * @param {'failed' | 'shareFailed'} [key]
   */
  #complain(error, key = 'failed') {
    if (!this.room.over) toast(t(key, { message: /** @type {ParleyError} */ (error).message }), { tone: 'bad' });
  }

  #scheduled = false;

  /** Many changes come at once; the page is made like the room once per frame. */
  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (!this.#off.signal.aborted) this.#update();
    });
  }

  #update() {
    const { room } = this;
    byId('room-title').textContent = room.model.room.name || t('roomTitle');
    byId('copy-id').textContent = spaced(room.roomId);
    this.stage.update();
    this.#panel.update();
    this.#showBar();
    this.#showBanner();
    this.#meterOn(this.#devices.tracks.audio);
    const alone = room.participants.filter(({ kind }) => kind !== 'whep').length <= 1;
    if (alone && !this.#alone.isConnected) byId('stage').append(this.#alone);
    if (!alone) this.#alone.remove();
  }

  #showBar() {
    const { room } = this;
    const bar = this.#bar;
    const mic = this.#devices.live('audio');
    const cam = this.#devices.live('video');
    bar.show('mic', { icon: mic ? 'mic' : 'mic-off', text: t(mic ? 'barMic' : 'barMicOff'), label: t(mic ? 'micOn' : 'micOff'), tone: mic ? '' : 'off' });
    bar.show('cam', { icon: cam ? 'cam' : 'cam-off', text: t(cam ? 'barCam' : 'barCamOff'), label: t(cam ? 'camOn' : 'camOff'), tone: cam ? '' : 'off' });
    const sharing = this.#publisher.screen !== null;
    bar.show('share', {
      icon: 'screen',
      text: t(sharing ? 'shareStop' : 'share'),
      tone: sharing ? 'on' : '',
      pressed: sharing,
      hidden: !navigator.mediaDevices?.getDisplayMedia,
    });
    bar.show('record', this.recording.view());
    bar.show('bot', { icon: 'bot', text: t(this.#vodId ? 'botStop' : 'bot'), tone: this.#vodId ? 'on' : '', pressed: this.#vodId !== '', busy: this.#botBusy });
    const open = this.#panel.isOpen ? this.#panel.tab : '';
    bar.show('people', { icon: 'people', text: t('people'), tone: open === 'people' ? 'on' : '', pressed: open === 'people', badge: room.participants.length });
    bar.show('chat', { icon: 'chat', text: t('chat'), tone: open === 'chat' ? 'on' : '', pressed: open === 'chat', badge: this.#panel.unread });
    bar.show('more', { icon: 'more', text: t('more') });
    bar.show('leave', { icon: 'leave', text: t('leave'), tone: 'leave' });
  }

  #showBanner() {
    const { up, down } = this.room.media.state;
    const text = this.session.state === 'reconnecting' ? t('reconnecting') : up === 'repairing' || down === 'repairing' ? t('restoring') : '';
    byId('banner').hidden = text === '';
    byId('banner-text').textContent = text;
  }

  /** @type {MediaStreamTrack | null} */
  #metered = null;

  /** @param {MediaStreamTrack | null} track */
  #meterOn(track) {
    if (this.#metered !== track) this.#meter.watch((this.#metered = track));
  }

  #tick() {
    const seconds = Math.max(0, Math.floor((this.session.serverNowMs - (this.room.model.room.startedAtMs || this.session.serverNowMs)) / 1000));
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    if (parts[0] === 0) parts.shift();
    byId('clock').textContent = parts.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
  }

  /** @param {string} participantId */
  #nameOf(participantId) {
    const participant = this.room.model.participants.get(participantId);
    return participant ? nameOf(participant) : '?';
  }

  #makeAlone() {
    const text = make('p', {}, t('alone'));
    const link = make('button', { class: 'primary', type: 'button' }, icon('link'), t('copyLink'));
    const bot = make('button', { class: 'secondary', type: 'button' }, icon('bot'), t('bot'));
    link.onclick = () => void this.invite();
    bot.onclick = () => void this.#toggleBot();
    return make('div', { class: 'alone' }, text, link, bot);
  }
}
