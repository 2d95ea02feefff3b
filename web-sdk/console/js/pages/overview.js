import { call, may } from '../api.js';
import { percent } from '../format.js';
import { t } from '../i18n.js';
import { live } from '../live.js';
import { card, empty, head, make } from '../parts.js';
import { nodeTable } from './nodes.js';
import { roomTable } from './rooms.js';

const ROOMS_SHOWN = 5;

/** What the platform does at this moment: rooms, people, streams, recordings, nodes. */
export async function overviewPage() {
  const tiles = make('div', { class: 'tiles', id: 'tiles' });
  const rooms = roomTable();
  const quiet = empty('room', t('noRooms'), t('noRoomsText'));
  const nodes = nodeTable(() => now());
  const { sign, now } = live(async (signal) => {
    /** @type {[import('./rooms.js').Room[], import('./nodes.js').Node[]]} */
    const [running, known] = await Promise.all([
      call('GET', '/console/rooms', undefined, signal),
      may('READ_NODES') ? call('GET', '/console/nodes', undefined, signal) : Promise.resolve([]),
    ]);
    const people = running.flatMap((r) => r.people.filter((p) => p.kind !== 'playback'));
    const relays = known.filter((n) => n.kind === 'RELAY');
    const load = relays.length ? relays.reduce((sum, n) => sum + n.load, 0) / relays.length : 0;
    tiles.replaceChildren(
      tile('rooms', t('rooms'), running.length, t('roomsWithPeople', { n: running.filter((r) => r.people.length > 0).length })),
      tile('', t('peopleInRooms'), people.length, t('roomsReconnecting', { n: people.filter((p) => p.state === 'reconnecting').length })),
      tile('', t('streams'), running.flatMap((r) => r.people).flatMap((p) => p.feeds).length, t('streamsNote')),
      tile('recordings', t('recordingNow'), running.filter((r) => r.recordId !== '').length, t('recordingNowNote')),
      ...(may('READ_NODES') ? [tile('nodes', t('nodes'), known.length, t('relayLoad', { load: percent(load) }))] : []),
    );
    rooms.show(running.slice(0, ROOMS_SHOWN));
    rooms.element.hidden = running.length === 0;
    quiet.hidden = running.length > 0;
    nodes.show(known);
  });
  return [
    head(t('overview'), { lead: t('overviewLead'), actions: [sign] }),
    make(
      'div',
      { class: 'stack' },
      tiles,
      card(t('newestRooms'), { bare: true, actions: [make('a', { href: '#/rooms' }, t('allRooms'))] }, rooms.element, quiet),
      may('READ_NODES') ? card(t('nodes'), { bare: true }, nodes.element) : '',
    ),
  ];
}

/**
 * @param {string} path '' = it leads nowhere
 * @param {string} name
 * @param {number} value
 * @param {string} note
 */
function tile(path, name, value, note) {
  const inside = [make('span', { class: 'tile-name' }, name), make('span', { class: 'tile-value' }, String(value)), make('span', { class: 'tile-note' }, note)];
  return path ? make('a', { class: 'tile', href: `#/${path}` }, ...inside) : make('div', { class: 'tile' }, ...inside);
}
