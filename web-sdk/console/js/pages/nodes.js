import { call, may, part } from '../api.js';
import { confirm } from '../dialog.js';
import { percent } from '../format.js';
import { t, tOf } from '../i18n.js';
import { live } from '../live.js';
import { badge, button, empty, head, make, titled, toast } from '../parts.js';
import { table } from '../table.js';

/** @typedef {{nodeId: string, kind: string, region: string, load: number, rooms: number, draining: boolean, lastSeenMs: number}} Node */

const BUSY = 0.6;
const FULL = 0.85;

/** @param {() => Promise<void>} now shows the nodes anew */
export function nodeTable(now) {
  const shown = table(
    [
      { name: t('node'), main: true, cell: (/** @type {Shown} */ n) => titled(n.nodeId, [tOf('node_', n.kind), n.region].filter(Boolean).join(' · ')) },
      { name: t('state'), cell: (n) => (n.draining ? badge(t('draining'), 'warn') : badge(t('inService'), 'good')) },
      {
        name: t('load'),
        cell: (n) =>
          make(
            'div',
            {},
            make('progress', { class: 'meter', max: '100', value: String(n.percent), 'data-tone': n.percent >= 100 * FULL ? 'bad' : n.percent >= 100 * BUSY ? 'warn' : false, 'aria-label': t('load') }),
            make('span', { class: 'cell-note number' }, percent(n.percent / 100)),
          ),
      },
      { name: t('holds'), cell: (n) => make('span', { class: 'number' }, String(n.rooms)) },
      {
        name: t('actions'),
        end: true,
        cell: (n) => (may('DRAIN_NODE') && !n.draining ? make('div', { class: 'actions' }, button(t('drain'), () => drain(n), { size: 'small', label: `${t('drain')}: ${n.nodeId}` })) : null),
      },
    ],
    (n) => n.nodeId,
    t('nodes'),
  );
  return {
    element: shown.element,
    /** @param {Node[]} nodes */
    show: (nodes) =>
      shown.show(nodes.map((n) => ({ nodeId: n.nodeId, kind: n.kind, region: n.region, draining: n.draining, rooms: n.rooms, percent: Math.round(n.load * 100) }))),
  };

  /** @param {Shown} node */
  function drain(node) {
    confirm(t('drain'), t('drainText', { node: node.nodeId }), t('drain'), async () => {
      await call('POST', `/console/nodes/${part(node.nodeId)}:drain`);
      toast(t('drainStarted', { node: node.nodeId }));
      await now();
    });
  }
}

/** @typedef {{nodeId: string, kind: string, region: string, draining: boolean, rooms: number, percent: number}} Shown without what changes at every look */

/** Relays, recorders and players that are alive. */
export async function nodesPage() {
  const list = nodeTable(() => now());
  const none = empty('node', t('noNodes'), t('noNodesText'));
  none.hidden = true;
  const { sign, now } = live(async (signal) => {
    const all = await call('GET', '/console/nodes', undefined, signal);
    list.show(all);
    list.element.hidden = all.length === 0;
    none.hidden = all.length > 0;
  });
  return [head(t('nodes'), { lead: t('nodesLead'), actions: [sign] }), make('div', { class: 'card' }, list.element, none)];
}
