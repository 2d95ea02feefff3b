import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RoomModel } from '../core/model.js';

/** @import {Feed, Participant, Snapshot} from '../core/wire.js' */

/** @returns {Feed} */
const feed = (feedId = 'f1') => ({ feedId, tag: 'main', source: 'camera', audio: true, video: true, audioMuted: false, videoMuted: false });

/**
 * @param {string} participantId
 * @param {Feed[]} feeds
 * @returns {Participant}
 */
const person = (participantId, feeds = [], joinedAtMs = 0) => ({
  participantId,
  uid: `u-${participantId}`,
  displayName: participantId,
  role: 'guest',
  kind: 'member',
  state: 'present',
  joinedAtMs,
  feeds,
});

/**
 * @param {Participant[]} participants
 * @returns {Snapshot}
 */
const snapshot = (participants, seq = 1) => ({
  roomId: 'r',
  seq,
  participantId: 'me',
  rtoken: 't',
  room: { name: 'Room', capacity: 50, locked: false, startedAtMs: 0, recording: '' },
  iceServers: [],
  participants,
  subscriptions: [],
});

/**
 * @param {RoomModel} model
 * @param {string} type
 * @param {any} data
 */
const apply = (model, type, data) => model.apply({ seq: 2, roomId: 'r', type, data }).map((e) => e.type);

test('participants stand in order of joining', () => {
  const model = new RoomModel(snapshot([person('b', [], 2), person('me', [], 3), person('a', [], 1)]));
  assert.deepEqual([...model.participants.keys()], ['a', 'b', 'me']);
  assert.equal(model.me?.participantId, 'me');
});

test('a participant who comes with feeds tells them too', () => {
  const model = new RoomModel(snapshot([person('me')]));
  assert.deepEqual(apply(model, 'participantJoined', { participant: person('a', [feed()]) }), ['participantJoined', 'feedPublished']);
  assert.equal(model.feed('f1')?.participant.participantId, 'a');
});

test('who leaves takes feeds and subscriptions along [MRTC-CB-28]', () => {
  const model = new RoomModel(snapshot([person('me', [feed('mine')]), person('a', [feed()])]));
  apply(model, 'subscribed', { participantId: 'a', feedId: 'mine' });
  assert.deepEqual(apply(model, 'participantLeft', { participantId: 'a', uid: 'u-a', exitType: 1, reason: 'left' }), [
    'feedUnpublished',
    'participantLeft',
  ]);
  assert.equal(model.subscribers.get('mine')?.size, 0);
  assert.equal(model.feed('f1'), undefined);
});

test('a change carries only what changed', () => {
  const model = new RoomModel(snapshot([person('me'), person('a', [feed()])]));
  assert.deepEqual(apply(model, 'feedUpdated', { participantId: 'a', feedId: 'f1', audioMuted: true }), ['feedUpdated']);
  assert.equal(model.feed('f1')?.feed.audioMuted, true);
  assert.equal(model.feed('f1')?.feed.videoMuted, false);
  apply(model, 'participantUpdated', { participantId: 'a', state: 'reconnecting' });
  assert.equal(model.participants.get('a')?.state, 'reconnecting');
  assert.equal(model.participants.get('a')?.displayName, 'a');
  apply(model, 'roomUpdated', { recording: 'rec1' });
  assert.equal(model.room.recording, 'rec1');
  assert.equal(model.room.locked, false);
});

test('a push about what is not there changes nothing', () => {
  const model = new RoomModel(snapshot([person('me')]));
  for (const type of ['participantLeft', 'participantUpdated', 'feedPublished', 'feedUpdated', 'feedUnpublished', 'somethingNew']) {
    assert.deepEqual(apply(model, type, { participantId: 'x', feedId: 'x', feed: feed('x') }), [], type);
  }
});

test('the same push twice tells once', () => {
  const model = new RoomModel(snapshot([person('me'), person('a')]));
  assert.deepEqual(apply(model, 'feedPublished', { participantId: 'a', feed: feed() }), ['feedPublished']);
  assert.deepEqual(apply(model, 'feedPublished', { participantId: 'a', feed: feed() }), []);
});

test('a snapshot after too long a break tells the difference', () => {
  const model = new RoomModel(snapshot([person('me'), person('a', [feed('fa')]), person('b', [feed('fb')])]));
  const quiet = { ...feed('fb'), audioMuted: true };
  const events = model.reset({
    ...snapshot([person('me'), person('b', [quiet, feed('screen')]), person('c')], 9),
    room: { name: 'Room', capacity: 50, locked: true, startedAtMs: 0, recording: '' },
  });
  assert.deepEqual(
    events.map((e) => e.type),
    ['feedUnpublished', 'participantLeft', 'feedUpdated', 'feedPublished', 'participantJoined', 'roomUpdated'],
  );
});

test('any order of pushes by the thousand leaves a model like the one of its own snapshot', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const random = mulberry32(seed);
    /** @param {number} n */
    const pick = (n) => Math.floor(random() * n);
    const model = new RoomModel(snapshot([person('me')]));
    for (let i = 0; i < 200; i++) {
      const participantId = `p${pick(4)}`;
      const feedId = `${participantId}-f${pick(2)}`;
      const steps = [
        () => apply(model, 'participantJoined', { participant: person(participantId) }),
        () => apply(model, 'participantLeft', { participantId, reason: 'left' }),
        () => apply(model, 'feedPublished', { participantId, feed: feed(feedId) }),
        () => apply(model, 'feedUnpublished', { participantId, feedId }),
        () => apply(model, 'feedUpdated', { participantId, feedId, videoMuted: random() < 0.5 }),
      ];
      steps[pick(steps.length)]();
    }
    const same = structuredClone(snapshot([...model.participants.values()]));
    assert.deepEqual(model.reset(same), [], `seed ${seed}`);
    for (const { feeds } of model.participants.values()) {
      assert.equal(new Set(feeds.map((f) => f.feedId)).size, feeds.length, `seed ${seed}`);
    }
  }
});

/** A small random generator, so that a failure's seed replays it. @param {number} seed */
function mulberry32(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
