import { make } from './parts.js';

/**
 * @template T
 * @typedef {{name: string, cell: (row: T) => Node | string | null, main?: boolean, end?: boolean}} Column
 *   main: what the row is, the headline of its card on a phone; end: its actions
 */

/**
 * A table that becomes a list of cards on a phone. Rows that stay the same thing keep their element, so that live figures do not take the
 * focus away; a row whose cells show nothing new is left alone.
 *
 * @template T
 * @param {Column<T>[]} columns
 * @param {(row: T) => string} keyOf what makes a row the same row
 * @param {string} caption for those who do not see it
 * @returns {{element: HTMLTableElement, show: (rows: T[]) => void}}
 */
export function table(columns, keyOf, caption) {
  const body = make('tbody');
  const element = make(
    'table',
    { class: 'table' },
    make('caption', { class: 'hidden' }, caption),
    make('thead', {}, make('tr', {}, ...columns.map((c) => make('th', { scope: 'col' }, c.end ? make('span', { class: 'hidden' }, c.name) : c.name)))),
    body,
  );
  /** @type {Map<string, {row: HTMLTableRowElement, shown: string}>} */
  const known = new Map();

  return {
    element,
    show(rows) {
      const keep = new Set(rows.map(keyOf));
      for (const [key, entry] of known) {
        if (keep.has(key)) continue;
        entry.row.remove();
        known.delete(key);
      }
      rows.forEach((data, at) => {
        const key = keyOf(data);
        const shown = JSON.stringify(data, (_, value) => (value instanceof Map ? [...value] : value));
        let entry = known.get(key);
        if (!entry || entry.shown !== shown) {
          const row = entry?.row ?? make('tr', { 'data-key': key });
          fill(row, data);
          entry = { row, shown };
          known.set(key, entry);
        }
        if (body.children[at] !== entry.row) body.insertBefore(entry.row, body.children[at] ?? null);
      });
    },
  };

  /** @param {HTMLTableRowElement} row @param {T} data */
  function fill(row, data) {
    const focused = row.contains(document.activeElement) ? [...row.querySelectorAll('a, button')].indexOf(/** @type {Element} */ (document.activeElement)) : -1;
    row.replaceChildren(
      ...columns.map((c) => make('td', { 'data-name': c.name, class: c.main ? 'main' : c.end ? 'end' : false }, c.cell(data) ?? '')),
    );
    if (focused >= 0) /** @type {HTMLElement | undefined} */ (row.querySelectorAll('a, button')[focused])?.focus();
  }
}
