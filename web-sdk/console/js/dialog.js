import { form } from './form.js';
import { t } from './i18n.js';
import { button, make } from './parts.js';

/**
 * A dialog over the page; Escape closes it, and the focus goes back to where it was.
 *
 * @param {string} title
 * @param {string} lead
 * @param {(close: () => void) => Node[]} content
 * @param {{must?: boolean}} [options] must: Escape does not close it
 */
export function dialog(title, lead, content, { must = false } = {}) {
  const before = document.activeElement;
  const element = make('dialog', { class: 'dialog', 'aria-labelledby': 'dialog-title' });
  const close = () => element.close();
  element.append(make('h2', { id: 'dialog-title' }, title), ...(lead ? [make('p', { class: 'dialog-lead' }, lead)] : []), ...content(close));
  element.onclose = () => {
    element.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  if (must) element.oncancel = (event) => event.preventDefault();
  document.body.append(element);
  element.showModal();
  return close;
}

/**
 * @param {string} title
 * @param {string} lead
 * @param {import('./form.js').Field[]} fields
 * @param {string} submit
 * @param {(values: import('./form.js').Values) => Promise<unknown>} onSubmit the dialog closes when it went well
 */
export function formDialog(title, lead, fields, submit, onSubmit) {
  dialog(title, lead, (close) => [
    form(fields, {
      submit,
      onCancel: close,
      onSubmit: async (values) => {
        await onSubmit(values);
        close();
      },
    }),
  ]);
}

/**
 * Asks before something that cannot be taken back.
 *
 * @param {string} title
 * @param {string} text what will happen
 * @param {string} yes
 * @param {() => Promise<unknown>} onYes
 */
export function confirm(title, text, yes, onYes) {
  dialog(title, text, (close) => [
    form([], {
      submit: yes,
      danger: true,
      onCancel: close,
      onSubmit: async () => {
        await onYes();
        close();
      },
    }),
  ]);
}

/**
 * Shows what is shown once: it goes only when its reader says so.
 *
 * @param {string} title
 * @param {string} lead
 * @param {Node[]} content
 * @param {() => void} [then]
 */
export function shownOnce(title, lead, content, then = () => {}) {
  dialog(
    title,
    lead,
    (close) => [
      make('div', { class: 'form' }, ...content, make('div', { class: 'form-foot' }, button(t('savedIt'), () => (close(), then()), { kind: 'primary', id: 'saved' }))),
    ],
    { must: true },
  );
}
