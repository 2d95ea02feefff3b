import { call, may, part } from '../api.js';
import { confirm } from '../dialog.js';
import { lately, rate } from '../format.js';
import { t, tOf } from '../i18n.js';
import { live } from '../live.js';
import { badge, button, card, empty, facts, head, make, notice, person, toast } from '../parts.js';
import { quality } from '../quality.js';
import { table } from '../table.js';
import { lasted, nameOf } from './rooms.js';

/** @typedef {import('./rooms.js').Room} Room */
/** @typedef {import('./rooms.js').Person & {quality: import('../quality.js').PersonQuality | undefined}} PersonNow */

/** One room: its people, what they send, how it arrives, and what may be done about it. @param {string} roomId */
export async function roomPage(roomId) {
  const path = `/console/rooms/${part(roomId)}`;
  /** @type {{room: Room, media: object}} */
  const first = await call('GET', path);
  const measure = quality();
  const about = make('div', {});
  const over = make('div', { hidden: true }, notice('info', t('roomOver')));
  const people = peopleTable(path, () => now());
  const alone = empty('room', t('nobodyHere'), t('nobodyHereText'));
  const { sign, now } = live(async (signal) => {
    try {
      show(await call('GET', path, undefined, signal));
    } catch (error) {
      if (!(error instanceof Error) || (error.name !== 'ROOM_ENDED' && error.name !== 'ROOM_NOT_FOUND')) throw error;
      over.hidden = false;
      showPeople([]);
      actions.forEach((a) => a.remove());
      sign.remove();
    }
  });
  const actions = may('MODERATE_ROOM') ? moderation(first.room, path, () => now()) : [];

  /** @param {{room: Room, media: any}} answer */
  function show({ room, media }) {
    const measured = measure(media);
    about.replaceChildren(
      facts([
        [t('meetingCode'), room.meetingCode.replace(/(\d{3})(?=\d)/g, '$1 ') || '–'],
        [t('application'), room.bizName],
        [t('people'), `${room.people.filter((p) => p.kind !== 'playback').length} / ${room.capacity}`],
        [t('lasted'), lasted(room.startedAtMs)],
        [t('node'), room.nodeId || '–'],
        [t('upTotal'), rate(measured.upBits)],
        [t('downTotal'), rate(measured.downBits)],
        [
          t('recording'),
          room.recordId ? make('a', { href: `#/recordings/${part(room.recordId)}` }, badge(t('recordingBadge'), 'bad', 'recording')) : t('none'),
        ],
      ]),
    );
    showPeople(room.people.map((p) => ({ ...p, quality: measured.people.get(p.participantId) })));
  }
  /** @param {PersonNow[]} now */
  function showPeople(now) {
    people.show(now);
    people.element.hidden = now.length === 0;
    alone.hidden = now.length > 0;
  }
  show(first);
  return [
    head(nameOf(first.room), { back: { href: '#/rooms', text: t('rooms') }, lead: first.room.roomId, actions: [sign, ...actions] }),
    make('div', { class: 'stack' }, over, card(t('atAGlance'), {}, about), card(t('people'), { bare: true }, people.element, alone)),
  ];
}

/** @param {Room} room @param {string} path @param {() => Promise<void>} now */
function moderation(room, path, now) {
  const join = button(
    t('joinRoom'),
    async () => {
      const tab = window.open('about:blank', '_blank'); // before the answer: later it would be a pop-up
      try {
        const { url } = await call('POST', `${path}:join`);
        if (tab) {
          tab.opener = null;
          tab.location.replace(url);
        } else location.assign(url);
      } catch (error) {
        tab?.close();
        throw error;
      }
    },
    { icon: 'cam', id: 'join-room' },
  );
  const end = button(
    t('endRoom'),
    () =>
      confirm(t('endRoom'), t('endRoomText', { name: nameOf(room) }), t('endRoom'), async () => {
        await call('POST', `${path}:end`);
        toast(t('roomEnded'));
        await now();
      }),
    { kind: 'danger', id: 'end-room' },
  );
  return room.joinable ? [join, end] : [end];
}

/** @param {string} path @param {() => Promise<void>} now */
function peopleTable(path, now) {
  return table(
    [
      { name: t('person'), main: true, cell: (/** @type {PersonNow} */ p) => person(p.displayName || p.uid, `${tOf('role_', p.role)} · ${p.uid}`) },
      { name: t('state'), cell: (p) => state(p) },
      { name: t('sends'), cell: (p) => sends(p) },
      { name: t('receives'), cell: (p) => receives(p) },
      { name: t('joined'), cell: (p) => make('span', { class: 'number' }, lately(p.joinedAtMs)) },
      { name: t('actions'), end: true, cell: (p) => (may('MODERATE_ROOM') ? acts(p) : null) },
    ],
    (p) => p.participantId,
    t('people'),
  );

  /** @param {PersonNow} p */
  function acts(p) {
    const loud = p.feeds.filter((f) => f.audio && !f.audioMuted);
    const heard = p.feeds.filter((f) => f.audio);
    return make(
      'div',
      { class: 'actions' },
      heard.length
        ? button(
            loud.length ? t('mute') : t('unmute'),
            async () => {
              for (const feed of loud.length ? loud : heard) await call('POST', `${path}/feeds/${part(feed.feedId)}:mute`, { audio: loud.length > 0 });
              await now();
            },
            { size: 'small', icon: loud.length ? 'mic-off' : 'mic', label: `${loud.length ? t('mute') : t('unmute')}: ${p.displayName}` },
          )
        : null,
      button(
        t('kick'),
        () =>
          confirm(t('kick'), t('kickText', { name: p.displayName || p.uid }), t('kick'), async () => {
            await call('POST', `${path}/participants/${part(p.participantId)}:kick`);
            await now();
          }),
        { size: 'small', kind: 'danger', label: `${t('kick')}: ${p.displayName}` },
      ),
    );
  }
}

/** @param {PersonNow} p */
function state(p) {
  if (p.state === 'reconnecting') return badge(t('reconnecting'), 'warn');
  return badge(p.kind === 'member' ? t('present') : tOf('kind_', p.kind), p.kind === 'member' ? 'good' : 'accent');
}

/** @param {PersonNow} p */
function sends(p) {
  if (p.feeds.length === 0) return t('nothing');
  return make('div', {}, ...p.feeds.map((f) => feedLine(f, p.quality)));
}

/** @param {import('./rooms.js').Feed} f @param {import('../quality.js').PersonQuality | undefined} measured */
function feedLine(f, measured) {
  const now = measured?.feeds.get(f.feedId);
  const words = [now ? rate(now.bits) : '', now?.size ?? '', now && now.lossPercent >= 0.5 ? t('loss', { percent: now.lossPercent.toFixed(1) }) : ''];
  return make(
    'div',
    { class: 'badges' },
    f.video ? badge(f.source === 'screen' ? t('screen') : t('camera'), f.videoMuted ? '' : 'good', f.source === 'screen' ? 'screen' : 'cam') : null,
    f.audio ? badge(f.audioMuted ? t('muted') : t('sound'), f.audioMuted ? 'warn' : 'good', f.audioMuted ? 'mic-off' : 'mic') : null,
    make('span', { class: 'cell-note number' }, words.filter(Boolean).join(' · ')),
  );
}

/** @param {PersonNow} p */
function receives(p) {
  const q = p.quality;
  if (!q || q.streamsIn === 0 || p.state === 'reconnecting') return '–';
  const tone = q.lossPercent >= 5 ? 'bad' : q.lossPercent >= 1 ? 'warn' : 'good';
  const words = tone === 'good' ? t('qualityGood') : tone === 'warn' ? t('qualityFair') : t('qualityPoor');
  return make(
    'div',
    {},
    badge(words, tone, tone === 'good' ? 'check' : 'alert'),
    make(
      'span',
      { class: 'cell-note' },
      [rate(q.inBits), t('loss', { percent: q.lossPercent.toFixed(1) }), q.estimatedBits > 0 ? t('line', { rate: rate(q.estimatedBits) }) : ''].filter(Boolean).join(' · '),
    ),
  );
}

