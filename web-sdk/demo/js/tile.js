import { onFirstFrame } from '/sdk/core/index.js';
import { icon, make, paintAvatar } from './dom.js';
import { t } from './i18n.js';
import { nameOf } from './names.js';

/** @import {Feed, Participant} from '/sdk/core/wire.js' */

/**
 * What a tile shows now.
 *
 * @typedef {object} TileView
 * @property {Participant} participant
 * @property {Feed | null} feed null = somebody who publishes nothing
 * @property {MediaStream | null} stream
 * @property {boolean} mine
 * @property {boolean} pinned
 */

/** One person, or one screen, in the call. */
export class Tile {
  element = make('article', { class: 'tile' });
  /** performance.now() of the first frame shown, 0 before it. */
  firstFrameAt = 0;

  #video = make('video', { playsinline: true, autoplay: true });
  #avatar = make('span', { class: 'avatar' });
  #name = make('span');
  #mic = icon('mic-off', 'muted');
  #pin = make('button', { class: 'round tile-pin', type: 'button' });
  #away = make('p');
  #onBlocked;

  /**
   * @param {string} key
   * @param {{onPin: (key: string) => void, onBlocked: (video: HTMLVideoElement) => void}} on onBlocked: the browser wants a click before it plays sound
   */
  constructor(key, { onPin, onBlocked }) {
    this.key = key;
    this.#onBlocked = onBlocked;
    this.#pin.onclick = () => onPin(key);
    this.element.ondblclick = () => onPin(key);
    this.element.append(
      this.#video,
      make('div', { class: 'tile-face', 'aria-hidden': 'true' }, this.#avatar),
      make('div', { class: 'tile-away' }, make('span', { class: 'spinner' }), this.#away),
      make('div', { class: 'tile-tag' }, this.#mic, this.#name),
      this.#pin,
    );
  }

  /** @param {TileView} view */
  show({ participant, feed, stream, mine, pinned }) {
    const name = nameOf(participant);
    const title = feed?.source === 'screen' ? t('screenOf', { name }) : mine ? t('youSuffix', { name }) : name;
    const hasVideo = Boolean(feed?.video && !feed.videoMuted && stream);
    const silent = !feed || feed.audioMuted || !feed.audio;
    if (this.#name.textContent !== title) {
      this.#name.textContent = title;
      this.element.setAttribute('aria-label', title);
      paintAvatar(this.#avatar, name);
      this.element.style.setProperty('--hue', this.#avatar.style.getPropertyValue('--hue'));
    }
    this.#mic.style.display = silent && feed?.source !== 'screen' ? '' : 'none';
    const { dataset } = this.element;
    dataset.video = String(hasVideo);
    dataset.mirror = String(mine && feed?.source === 'camera');
    dataset.fit = feed && feed.source !== 'camera' ? 'contain' : 'cover';
    dataset.away = String(participant.state === 'reconnecting');
    dataset.feed = feed?.feedId ?? '';
    this.#away.textContent = t('away');
    this.#pin.replaceChildren(icon('pin'));
    this.#pin.setAttribute('aria-pressed', String(pinned));
    this.#pin.setAttribute('aria-label', t(pinned ? 'unpin' : 'pin_'));
    this.#pin.title = t(pinned ? 'unpin' : 'pin_');
    this.#play(stream, mine);
  }

  /** @param {boolean} speaking */
  speaking(speaking) {
    this.element.dataset.speaking = String(speaking);
  }

  /** @param {import('./layout.js').Box | null} box null = no room for it */
  place(box) {
    const { style } = this.element;
    style.display = box ? '' : 'none';
    if (!box) return;
    style.left = `${Math.round(box.left)}px`;
    style.top = `${Math.round(box.top)}px`;
    style.width = `${Math.floor(box.width)}px`;
    style.height = `${Math.floor(box.height)}px`;
  }

  remove() {
    this.#video.srcObject = null;
    this.element.remove();
  }

  /**
   * @param {MediaStream | null} stream
   * @param {boolean} mine one does not want to hear oneself
   */
  #play(stream, mine) {
    this.#video.muted = mine;
    if (this.#video.srcObject === stream) return;
    this.#video.srcObject = stream;
    if (!stream) return;
    onFirstFrame(this.#video, (atMs) => (this.firstFrameAt ||= atMs));
    this.#video.play().catch((error) => {
      if (error.name === 'NotAllowedError') this.#onBlocked(this.#video);
    });
  }
}
