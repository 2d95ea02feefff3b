import { call, part, reach } from '../api.js';
import { bytes, duration, when } from '../format.js';
import { t, tOf } from '../i18n.js';
import { live } from '../live.js';
import { badge, empty, head, linkButton, make, titled } from '../parts.js';
import { pager } from '../pager.js';
import { table } from '../table.js';
import { applications } from './applications.js';

/** @typedef {{recordId: string, roomId: string, bizName: string, state: string, createdAtMs: number, startedAtMs: number, durationMs: number, sizeBytes: number, mediaType: number, eventCode: number, message: string, starterUid: string, name: string, progress: number, fileName: string}} Recording */

const PAGE = 20;

/** @type {Record<string, string>} */
const tones = { STARTING: 'accent', RECORDING: 'bad', PAUSED: 'warn', COMPOSING: 'accent', DONE: 'good', FAILED: 'bad' };

/** What a recording does, with how far it has got. @param {Recording} r */
export function stateOf(r) {
  const label = badge(tOf('rec_', r.state), tones[r.state] ?? '', r.state === 'RECORDING' ? 'recording' : '');
  if (r.state !== 'COMPOSING') return label;
  return make(
    'div',
    {},
    label,
    make('progress', { class: 'meter', max: '100', value: String(r.progress), 'aria-label': t('progress') }),
    make('span', { class: 'cell-note number' }, `${r.progress} %`),
  );
}

/** @param {Recording} r */
export const titleOf = (r) => r.name || t('recordingOf', { room: r.roomId });

/** Recordings of an application, newest first; the operator sees all at once. */
export async function recordingsPage() {
  const own = await applications();
  const everything = reach('READ_RECORDINGS') === 'ALL';
  let page = 0;
  const list = table(
    [
      { name: t('recording'), main: true, cell: (/** @type {Recording} */ r) => titled(titleOf(r), `${r.bizName} · ${r.recordId}`, `#/recordings/${part(r.recordId)}`) },
      { name: t('state'), cell: stateOf },
      { name: t('created'), cell: (r) => when(r.createdAtMs) },
      { name: t('length'), cell: (r) => make('span', { class: 'number' }, r.durationMs ? duration(r.durationMs) : '–') },
      { name: t('size'), cell: (r) => make('span', { class: 'number' }, r.sizeBytes ? bytes(r.sizeBytes) : '–') },
      { name: t('actions'), end: true, cell: (r) => make('div', { class: 'actions' }, linkButton(t('open'), `#/recordings/${part(r.recordId)}`, { size: 'small', icon: r.state === 'DONE' ? 'play' : undefined })) },
    ],
    (r) => r.recordId,
    t('recordings'),
  );
  const none = empty('recording', t('noRecordings'), t('noRecordingsText'));
  none.hidden = true;
  const which = make('select', { id: 'recordings-of' });
  if (everything) which.append(make('option', { value: '' }, t('allApplications')));
  for (const a of own) which.append(make('option', { value: a.bizName }, `${a.name} (${a.bizName})`));
  const text = make('input', { id: 'recordings-name', type: 'search', maxlength: '256', autocomplete: 'off' });
  const pages = pager((to) => {
    page = to;
    void now();
  });
  const { sign, now } = live(async (signal) => {
    if (!everything && own.length === 0) {
      none.hidden = false;
      return;
    }
    const query = new URLSearchParams({ bizName: which.value, name: text.value.trim(), page: String(page), pageSize: String(PAGE) });
    /** @type {{recordings: Recording[], total: number}} */
    const found = await call('GET', `/console/recordings?${query}`, undefined, signal);
    list.show(found.recordings);
    list.element.hidden = found.recordings.length === 0;
    none.hidden = found.recordings.length > 0;
    pages.show(page, Math.ceil(found.total / PAGE), found.total);
  });
  which.onchange = text.oninput = () => {
    page = 0;
    void now();
  };
  return [
    head(t('recordings'), { lead: t('recordingsLead'), actions: [sign] }),
    make(
      'div',
      { class: 'stack' },
      make(
        'div',
        { class: 'filters', role: 'search' },
        make('div', { class: 'field' }, make('label', { class: 'field-name', for: 'recordings-of' }, t('application')), which),
        make('div', { class: 'field' }, make('label', { class: 'field-name', for: 'recordings-name' }, t('searchName')), text),
      ),
      make('div', { class: 'card' }, list.element, none, pages.element),
    ),
  ];
}
