import { call } from '../api.js';
import { exactly } from '../format.js';
import { t, tOf } from '../i18n.js';
import { badge, button, head, make, titled } from '../parts.js';
import { table } from '../table.js';

/** @typedef {{id: number, atMs: number, actor: string, role: string, company: string, address: string, operation: string, target: string, status: number, code: string}} Entry */

/** Who did what, when, from where, and what became of it. Nothing of it can be changed. */
export async function auditPage() {
  /** @type {Entry[]} */
  let shown = [];
  let next = 0;
  const list = table(
    [
      { name: t('what'), main: true, cell: (/** @type {Entry} */ e) => titled(tOf('op_', e.operation), e.target) },
      { name: t('who'), cell: (e) => titled(e.actor || '–', e.company) },
      { name: t('outcome'), cell: outcome },
      { name: t('from'), cell: (e) => make('span', { class: 'number' }, e.address) },
      { name: t('when'), cell: (e) => make('time', { class: 'number', datetime: new Date(e.atMs).toISOString() }, exactly(e.atMs)) },
    ],
    (e) => String(e.id),
    t('audit'),
  );
  const more = button(t('older'), load, { id: 'older' });

  async function load() {
    /** @type {{entries: Entry[], next: number}} */
    const page = await call('GET', `/audit?pageSize=50${next ? `&before=${next}` : ''}`);
    shown = [...shown, ...page.entries];
    next = page.next;
    list.show(shown);
    more.hidden = next === 0;
  }

  async function again() {
    shown = [];
    next = 0;
    await load();
  }
  await load();
  return [
    head(t('audit'), { lead: t('auditLead'), actions: [button(t('refresh'), again, { icon: 'repeat' })] }),
    make('div', { class: 'stack' }, make('div', { class: 'card' }, list.element), make('div', { class: 'actions' }, more)),
  ];
}

/** @param {Entry} e */
function outcome(e) {
  if (e.status === 0) return badge(t('unknownOutcome'), 'warn');
  return e.status < 400 ? badge(t('done'), 'good', 'check') : badge(e.code || String(e.status), 'bad');
}
