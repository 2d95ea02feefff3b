import { byId, icon, make } from './dom.js';

/**
 * @typedef {object} ControlView
 * @property {string} icon
 * @property {string} text below the button
 * @property {string} [label] for the tool tip and for those who do not see the icon; default `text`
 * @property {'off' | 'on' | 'live' | 'leave' | ''} [tone]
 * @property {boolean} [pressed]
 * @property {boolean} [busy]
 * @property {number} [badge] 0 = none
 * @property {boolean} [hidden]
 */

/** The row of buttons below a call. */
export class Bar {
  #bar = byId('bar');
  #fold = make('div', { class: 'fold' });
  /** @type {Map<string, {button: HTMLButtonElement, face: HTMLElement, text: HTMLElement, badge: HTMLElement, icon: string}>} */
  #controls = new Map();

  /**
   * @param {{id: string, folds?: boolean, narrow?: boolean, run: () => void}[]} controls in order; `folds`: behind "more" on a phone; `narrow`: only there
   */
  constructor(controls) {
    this.#bar.replaceChildren();
    for (const { id, folds, narrow, run } of controls) {
      const face = make('span', { class: 'control-face' });
      const text = make('span', { class: 'control-text', 'aria-hidden': 'true' });
      const badge = make('span', { class: 'badge', hidden: true });
      const button = make('button', { id: `control-${id}`, 'data-control': id, type: 'button', class: `control${folds ? ' folds' : ''}${narrow ? ' only-narrow' : ''}` }, face, text, badge);
      button.onclick = () => {
        if (id !== 'more') this.open(false);
        run();
      };
      if (folds && !this.#fold.isConnected) this.#bar.append(this.#fold);
      (folds ? this.#fold : this.#bar).append(button);
      this.#controls.set(id, { button, face, text, badge, icon: '' });
    }
  }

  /**
   * @param {string} id
   * @param {ControlView} view
   */
  show(id, view) {
    const control = this.#controls.get(id);
    if (!control) return;
    const { button, face, text, badge } = control;
    if (control.icon !== view.icon) face.replaceChildren(icon((control.icon = view.icon)));
    text.textContent = view.text;
    button.title = view.label ?? view.text;
    button.setAttribute('aria-label', (view.label ?? view.text) + (view.badge ? ` (${view.badge})` : ''));
    if (view.pressed !== undefined) button.setAttribute('aria-pressed', String(view.pressed));
    button.dataset.tone = view.tone ?? '';
    button.dataset.busy = String(view.busy ?? false);
    button.disabled = view.busy ?? false;
    button.hidden = view.hidden ?? false;
    badge.hidden = !view.badge;
    badge.textContent = String(view.badge ?? '');
  }

  /** @param {boolean} [open] default: the other way */
  open(open = this.#bar.dataset.open !== 'true') {
    this.#bar.dataset.open = String(open);
  }
}
