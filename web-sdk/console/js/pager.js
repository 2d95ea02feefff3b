import { t } from './i18n.js';
import { button, make } from './parts.js';

/**
 * Earlier and later pages of a list.
 *
 * @param {(page: number) => void} go from 0
 * @returns {{element: HTMLElement, show: (page: number, pages: number, total: number) => void}} hidden while all fits on one page
 */
export function pager(go) {
  let at = 0;
  const before = button(t('previous'), () => go(at - 1), { size: 'small' });
  const after = button(t('next'), () => go(at + 1), { size: 'small' });
  const where = make('span', { class: 'number' });
  const element = make('nav', { class: 'pager', 'aria-label': t('pages'), hidden: true }, where, make('div', { class: 'actions' }, before, after));
  return {
    element,
    show(page, pages, total) {
      at = page;
      const text = t('pageOf', { page: page + 1, pages, total });
      if (where.textContent !== text) where.textContent = text;
      element.hidden = pages <= 1 && page === 0;
      before.hidden = page === 0;
      after.hidden = page + 1 >= pages;
    },
  };
}
