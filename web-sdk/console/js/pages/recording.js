import { address, call, may, part } from '../api.js';
import { confirm } from '../dialog.js';
import { bytes, duration, when } from '../format.js';
import { t, tOf } from '../i18n.js';
import { live } from '../live.js';
import { badge, button, card, empty, facts, head, linkButton, make, notice, titled, toast } from '../parts.js';
import { table } from '../table.js';
import { stateOf, titleOf } from './recordings.js';

/** @typedef {import('./recordings.js').Recording} Recording */
/** @typedef {{bizRequestId: string, eventCode: number, url: string, state: string, attempts: number, createdAtMs: number, nextAtMs: number, lastError: string}} Callback */

/** One recording: how far it is, the film, whether it is intact, who was told. @param {string} recordId */
export async function recordingPage(recordId) {
  const path = `/console/recordings/${part(recordId)}`;
  /** @type {Recording} */
  const first = await call('GET', path);
  const about = make('div', {});
  const player = make('div', {});
  const verdict = make('div', { id: 'verdict', role: 'status' });
  const filmCard = card(t('film'), {}, player);
  const told = callbackTable(path, () => now());
  const nobody = empty('send', t('noCallbacks'), t('noCallbacksText'));
  let playing = false;

  /** @param {Recording} r @param {Callback[]} callbacks */
  function show(r, callbacks) {
    about.replaceChildren(
      facts([
        [t('state'), stateOf(r)],
        [t('application'), make('a', { href: `#/applications/${part(r.bizName)}` }, r.bizName)],
        [t('room'), r.roomId],
        [t('startedBy'), r.starterUid || '–'],
        [t('created'), when(r.createdAtMs)],
        [t('length'), r.durationMs ? duration(r.durationMs) : '–'],
        [t('size'), r.sizeBytes ? bytes(r.sizeBytes) : '–'],
        [t('lastEvent'), make('span', {}, t('eventCode', { code: r.eventCode }), make('span', { class: 'cell-note' }, r.message))],
      ]),
      ...(r.state === 'FAILED' ? [notice('bad', r.message || t('rec_FAILED'))] : []),
    );
    stop.hidden = !['STARTING', 'RECORDING', 'PAUSED'].includes(r.state);
    remove.hidden = !['DONE', 'FAILED'].includes(r.state);
    film(r);
    told.show(callbacks);
    told.element.hidden = callbacks.length === 0;
    nobody.hidden = callbacks.length > 0;
  }

  /** The player stays as it is while somebody watches. @param {Recording} r */
  function film(r) {
    if (playing) return;
    if (r.state !== 'DONE') {
      player.replaceChildren(empty('recording', tOf('film_', r.state), t('filmLater')));
      return;
    }
    playing = true;
    const file = address(`${path}/file`);
    player.replaceChildren(
      make(
        'div',
        { class: 'form' },
        r.fileName.endsWith('.mp4')
          ? make('video', { class: 'player', src: file, controls: true, preload: 'metadata', playsinline: true, 'aria-label': titleOf(r) })
          : notice('info', t('notPlayable')),
        make(
          'div',
          { class: 'actions' },
          linkButton(t('download'), `${file}?download=true`, { icon: 'download', download: r.fileName, id: 'download' }),
          button(t('verify'), verify, { icon: 'shield', id: 'verify' }),
          linkButton(t('manifest'), address(`${path}/manifest`), { kind: 'plain', download: `${recordId}.manifest.json` }),
        ),
        verdict,
      ),
    );
  }

  async function verify() {
    verdict.replaceChildren(make('p', { class: 'dim' }, t('verifying')));
    try {
      const said = await call('POST', `${path}:verify`);
      verdict.replaceChildren(
        said.intact
          ? notice('good', t('intact', { files: said.files, bytes: bytes(said.bytes) }), make('span', { class: 'cell-note mono' }, t('signedBy', { key: said.keyId })))
          : notice('bad', t('notIntact'), make('ul', {}, ...said.findings.map((/** @type {string} */ f) => make('li', { class: 'small' }, f)))),
      );
    } catch (error) {
      verdict.replaceChildren();
      throw error;
    }
  }

  const stop = button(
    t('stopRecording'),
    async () => {
      await call('POST', `${path}:stop`);
      await now();
    },
    { id: 'stop-recording' },
  );
  const remove = button(
    t('delete'),
    () =>
      confirm(t('deleteRecording'), t('deleteRecordingText'), t('delete'), async () => {
        await call('DELETE', path);
        toast(t('deleted'));
        location.hash = '#/recordings';
      }),
    { kind: 'danger', icon: 'trash', id: 'delete-recording' },
  );
  const { sign, now } = live(async (signal) => {
    const [r, callbacks] = await Promise.all([call('GET', path, undefined, signal), call('GET', `${path}/callbacks`, undefined, signal)]);
    show(r, callbacks);
  });
  show(first, []);
  return [
    head(titleOf(first), { back: { href: '#/recordings', text: t('recordings') }, lead: recordId, actions: [sign, ...(may('CHANGE_RECORDING') ? [stop, remove] : [])] }),
    make(
      'div',
      { class: 'stack' },
      make('div', { class: 'columns' }, card(t('atAGlance'), {}, about), filmCard),
      card(t('callbacks'), { bare: true, lead: t('callbacksLead') }, told.element, nobody),
    ),
  ];
}

/** @param {string} path @param {() => Promise<void>} now */
function callbackTable(path, now) {
  return table(
    [
      { name: t('event'), main: true, cell: (/** @type {Callback} */ c) => titled(t('eventCode', { code: c.eventCode }), c.bizRequestId) },
      {
        name: t('state'),
        cell: (c) =>
          make(
            'div',
            {},
            c.state === 'DONE' ? badge(t('acknowledged'), 'good', 'check') : c.state === 'PENDING' ? badge(t('pending'), 'warn') : badge(t('givenUp'), 'bad'),
            c.lastError ? make('span', { class: 'cell-note' }, c.lastError) : null,
          ),
      },
      { name: t('attempts'), cell: (c) => make('span', { class: 'number' }, String(c.attempts)) },
      { name: t('to'), cell: (c) => make('span', { class: 'small' }, c.url) },
      { name: t('created'), cell: (c) => when(c.createdAtMs) },
      {
        name: t('actions'),
        end: true,
        cell: (c) =>
          may('CHANGE_RECORDING')
            ? make(
                'div',
                { class: 'actions' },
                button(
                  t('replay'),
                  async () => {
                    await call('POST', `${path}/callbacks/${part(c.bizRequestId)}:replay`);
                    toast(t('replayed'));
                    await now();
                  },
                  { size: 'small', icon: 'repeat', label: `${t('replay')}: ${c.eventCode}` },
                ),
              )
            : null,
      },
    ],
    (c) => c.bizRequestId,
    t('callbacks'),
  );
}
