import { call, part } from '../api.js';
import { duration, lately, when } from '../format.js';
import { t } from '../i18n.js';
import { live } from '../live.js';
import { badge, empty, head, make, titled } from '../parts.js';
import { table } from '../table.js';

/** @typedef {{feedId: string, tag: string, source: string, audio: boolean, video: boolean, audioMuted: boolean, videoMuted: boolean}} Feed */
/** @typedef {{participantId: string, uid: string, displayName: string, role: string, kind: string, state: string, joinedAtMs: number, feeds: Feed[]}} Person */
/** @typedef {{roomId: string, meetingCode: string, bizName: string, name: string, ownerUid: string, capacity: number, locked: boolean, createdAtMs: number, startedAtMs: number, recordId: string, nodeId: string, joinable: boolean, people: Person[]}} Room */

/** @param {Room} room */
export const nameOf = (room) => room.name || t('unnamedRoom');

export function roomTable() {
  return table(
    [
      {
        name: t('room'),
        main: true,
        cell: (/** @type {Room} */ r) => titled(nameOf(r), r.meetingCode ? `${r.meetingCode.replace(/(\d{3})(?=\d)/g, '$1 ')} · ${r.bizName}` : `${r.roomId} · ${r.bizName}`, `#/rooms/${part(r.roomId)}`),
      },
      { name: t('people'), cell: (r) => make('span', { class: 'number' }, `${r.people.filter((p) => p.kind !== 'playback').length} / ${r.capacity}`) },
      { name: t('host'), cell: (r) => r.people.find((p) => p.role === 'host')?.displayName ?? (r.ownerUid || '–') },
      {
        name: t('state'),
        cell: (r) =>
          make(
            'span',
            { class: 'badges' },
            r.recordId ? badge(t('recordingBadge'), 'bad', 'recording') : null,
            r.locked ? badge(t('locked'), 'warn', 'lock') : null,
            !r.recordId && !r.locked ? badge(r.people.length ? t('running') : t('waiting'), r.people.length ? 'good' : '') : null,
          ),
      },
      { name: t('since'), cell: (r) => (r.startedAtMs ? since(r.startedAtMs) : lately(r.createdAtMs)) },
    ],
    (r) => r.roomId,
    t('rooms'),
  );
}

/** @param {number} ms */
function since(ms) {
  return make('time', { class: 'number', datetime: new Date(ms).toISOString(), title: when(ms) }, lately(ms));
}

/** How long something has gone on. @param {number} ms since the epoch */
export const lasted = (ms) => (ms ? duration(Date.now() - ms) : '–');

/** Rooms that run now. */
export async function roomsPage() {
  const list = roomTable();
  const none = empty('room', t('noRooms'), t('noRoomsText'));
  const box = make('div', { class: 'card' }, list.element, none);
  const { sign } = live(async (signal) => {
    /** @type {Room[]} */
    const all = await call('GET', '/console/rooms', undefined, signal);
    list.show(all);
    list.element.hidden = all.length === 0;
    none.hidden = all.length > 0;
  });
  none.hidden = true;
  return [head(t('rooms'), { lead: t('roomsLead'), actions: [sign] }), box];
}
