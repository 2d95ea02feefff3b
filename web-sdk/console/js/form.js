import { ApiError } from './api.js';
import { t } from './i18n.js';
import { button, make, notice } from './parts.js';

/**
 * @typedef {{
 *   name: string, label: string, type?: 'text' | 'password' | 'url' | 'email' | 'tel' | 'number' | 'select' | 'check' | 'area',
 *   value?: string | boolean, hint?: string, required?: boolean, max?: number, min?: number, autocomplete?: string,
 *   options?: [string, string][], test?: (value: string) => string
 * }} Field test: what is wrong with the value, '' = nothing
 */

/** @typedef {Record<string, any>} Values strings without blanks around, booleans of checks */

/**
 * A form that says what is wrong beside the field that it is wrong in, before it asks the server and after.
 *
 * @param {Field[]} fields
 * @param {{submit: string, onSubmit: (values: Values) => Promise<unknown>, onCancel?: () => void, danger?: boolean, id?: string}} options
 */
export function form(fields, { submit, onSubmit, onCancel, danger = false, id }) {
  const problem = make('div', { hidden: true });
  const send = make('button', { type: 'submit', class: 'button', 'data-kind': danger ? 'danger' : 'primary' }, submit);
  const parts = fields.map(part);
  const element = make(
    'form',
    { class: 'form', novalidate: true, id: id ?? false },
    ...parts.map((p) => p.element),
    problem,
    make('div', { class: 'form-foot' }, onCancel ? button(t('cancel'), onCancel, { kind: 'plain' }) : null, send),
  );
  element.onsubmit = async (event) => {
    event.preventDefault();
    problem.hidden = true;
    for (const p of parts) p.say(p.problem());
    const wrong = parts.find((p) => p.problem() !== '');
    if (wrong) {
      wrong.input.focus();
      return;
    }
    send.disabled = true;
    try {
      await onSubmit(Object.fromEntries(parts.map((p) => [p.field.name, p.value()])));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      tell(error);
    } finally {
      send.disabled = false;
    }
  };
  return element;

  /** The server names the field that it means: `name: what is wrong.` @param {ApiError} error */
  function tell(error) {
    const named = /^(\w+): /.exec(error.detail);
    const at = named && error.name === 'BAD_REQUEST' ? parts.find((p) => p.field.name === named[1]) : undefined;
    if (at) {
      at.say(error.message);
      at.input.focus();
      return;
    }
    problem.replaceChildren(notice('bad', error.message));
    problem.hidden = false;
  }
}

let count = 0;

/** @param {Field} field */
function part(field) {
  const id = `field-${++count}`;
  const input = makeInput(field, id);
  const said = make('span', { class: 'field-problem', id: `${id}-problem`, role: 'alert', hidden: true });
  const hint = field.hint ? make('span', { class: 'field-hint', id: `${id}-hint` }, field.hint) : null;
  input.setAttribute('aria-describedby', `${id}-problem${hint ? ` ${id}-hint` : ''}`);
  const check = field.type === 'check';
  const element = check
    ? make('label', { class: 'choice' }, input, make('span', {}, make('strong', {}, field.label), hint, said))
    : make(
        'div',
        { class: 'field' },
        make('label', { class: 'field-name', for: id }, field.label, ' ', field.required || field.type === 'select' ? null : make('small', {}, t('optional'))),
        input,
        hint,
        said,
      );
  const value = () => {
    if (check) return /** @type {HTMLInputElement} */ (input).checked;
    return field.type === 'password' ? input.value : input.value.trim();
  };
  return {
    field,
    element,
    input,
    value,
    problem() {
      const text = String(value());
      if (field.required && text === '') return t('needed');
      if (field.max && text.length > field.max) return t('tooLong', { max: field.max });
      if (text === '' || check) return '';
      if (field.type === 'number' && !/^\d+$/.test(text)) return t('noNumber');
      if (field.type !== 'password' && field.type !== 'area' && /\p{Cc}/u.test(text)) return t('noControl');
      return field.test?.(text) ?? '';
    },
    /** @param {string} what */
    say(what) {
      said.textContent = what;
      said.hidden = what === '';
      input.setAttribute('aria-invalid', String(what !== ''));
    },
  };
}

/**
 * @param {Field} field
 * @param {string} id
 * @returns {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement}
 */
function makeInput(field, id) {
  if (field.type === 'select') {
    const select = make('select', { id, name: field.name });
    for (const [value, text] of field.options ?? []) select.append(make('option', { value }, text));
    select.value = String(field.value ?? field.options?.[0]?.[0] ?? '');
    return select;
  }
  if (field.type === 'area') {
    const area = make('textarea', { id, name: field.name, spellcheck: 'false', autocomplete: 'off', class: 'mono' });
    area.value = String(field.value ?? '');
    return area;
  }
  const input = make('input', {
    id,
    name: field.name,
    type: field.type === 'check' ? 'checkbox' : field.type === 'number' || field.type === 'url' ? 'text' : (field.type ?? 'text'),
    inputmode: field.type === 'number' ? 'numeric' : field.type === 'url' ? 'url' : false,
    autocomplete: field.autocomplete ?? 'off',
    required: Boolean(field.required),
  });
  if (field.type === 'check') input.checked = Boolean(field.value);
  else input.value = String(field.value ?? '');
  return input;
}

/** For {@link Field} test. @param {string} text */
export function webAddress(text) {
  try {
    return /^https?:$/.test(new URL(text).protocol) ? '' : t('noUrl');
  } catch {
    return t('noUrl');
  }
}
