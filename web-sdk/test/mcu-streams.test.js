import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Emitter } from '../core/emitter.js';
import { BrokenMedia } from '../mcu/broken-media.js';
import { BrowserPage, CAMERA_AND_MICROPHONE } from './mcu-browser.js';
import { FEED } from './mcu-page.js';

const limit = { timeout: 120_000 };
/** @type {BrowserPage} */
let page;
/** @type {any} */
let mcu;

beforeEach(async () => {
  page = await BrowserPage.open();
  mcu = page.mcu;
});
afterEach(() => page.close());

/** @type {BrowserPage['hears']} */
const hears = (...args) => page.hears(...args);
const both = { subscribe_video_id: 'v', subscribe_audio_id: 'a' };

test('what does not open tells which: picture, sound, browser, room, desktop, file, no file, no region [MRTC-CB-07]', limit, async () => {
  const { browser } = page;
  mcu.Publish(CAMERA_AND_MICROPHONE);
  await hears('OnMediaCallFail', 5104);
  await page.joined();
  const fails = async (/** @type {number} */ code, config = {}) => {
    mcu.Publish({ ...CAMERA_AND_MICROPHONE, ...config });
    const [, message] = await hears('OnMediaCallFail', code);
    assert.ok(message, `${code} has a message`);
    assert.deepEqual(browser.live, [], `${code}: no device stays open`);
  };
  browser.busy.add('cam1');
  await fails(5101);
  await fails(5101, { media_type: 3 });
  browser.busy.add('mic1'); // both
  await fails(5101);
  browser.busy.delete('cam1');
  await fails(5102);
  await fails(5102, { media_type: 2 });
  browser.busy.clear();
  await fails(5105, { publish_device: 2 }); // the person said no
  await fails(5106, { publish_device: 3, file: new File(['no picture'], 'a.png', { type: 'image/png' }) });
  await fails(5106, { publish_device: 3, file: new File(['text'], 'a.txt', { type: 'text/plain' }) });
  await fails(5107, { publish_device: 3 });
  await fails(5108, { publish_device: 4, part_of_screen_id: 'nowhere' });
  const { getUserMedia } = browser.mediaDevices;
  browser.mediaDevices.getUserMedia = undefined; // a page without HTTPS
  await fails(5103);
  browser.mediaDevices.getUserMedia = getUserMedia;
  await page.publishes();
  assert.equal(browser.live.length, 2);
});

test('publishing: refused, without a video tag, one too many, without a connection [MRTC-CB-21]', limit, async () => {
  mcu = page.renew({ media: 0.05 });
  await page.joined();
  mcu.Publish({ media_type: 1, publish_device: 1 });
  const [first] = await hears('OnPublishFailed');
  assert.equal(page.heard.at(-1)?.[2], -1072);
  const fails = async (/** @type {number} */ code, /** @type {number} */ close) => {
    mcu.Publish(CAMERA_AND_MICROPHONE);
    const [sid] = await hears('OnMediaCallSucc');
    assert.ok(sid > first, 'each try has its own sid');
    await hears('OnMediaClose', close, sid);
    await hears('OnPublishFailed', sid, code);
    assert.deepEqual(page.browser.live, []);
  };
  const { publish } = page.server.answers;
  page.refuse('publish');
  await fails(-1071, 5003);
  page.refuse('publish', 'ROOM_LIMIT', 1014);
  await fails(-1073, 5003);
  page.server.answers.publish = publish;
  page.browser.connects = false;
  await fails(-1074, 5004);
  await page.server.until((received) => received.some(({ type }) => type === 'unpublish')); // the server does not keep what never came
});

test('subscribing: refused, a tag that is taken, one too many, without a connection, without a tag [MRTC-CB-23]', limit, async () => {
  mcu = page.renew({ media: 0.05 });
  await page.joined();
  const fails = async (/** @type {number} */ code, /** @type {any} */ config) => {
    mcu.Subscribe({ feedId: 'f1', ...config });
    for (;;) {
      const [name, sid, given] = await page.next();
      if (name === 'OnMediaClose') continue; // another test looks at these
      assert.equal(name, 'OnSubscribeFailed');
      assert.equal(given, code);
      return String(sid);
    }
  };
  const sids = [await fails(-1085, {}), await fails(-1081, { ...both, feedId: 'none' })];
  const { subscribe } = page.server.answers;
  page.refuse('subscribe');
  sids.push(await fails(-1081, both));
  page.refuse('subscribe', 'ROOM_LIMIT', 1014);
  sids.push(await fails(-1083, both));
  page.server.answers.subscribe = subscribe;
  page.browser.connects = false;
  sids.push(await fails(-1084, both));
  page.browser.connects = true;
  mcu = page.renew({});
  await page.joined();
  const sid = await page.receives();
  page.push(6, 'feedPublished', { participantId: 'p2', feed: { ...FEED, feedId: 'f2' } });
  await hears('OnNewPublish');
  sids.push(await fails(-1082, { feedId: 'f2', subscribe_video_id: 'video-f1', subscribe_audio_id: 'b' }));
  assert.notEqual(sids.at(-1), String(sid));
  assert.equal(new Set(sids.slice(0, 5)).size, 5, 'each try has its own sid');
});

test('each way a stream ends has its code and its sid [MRTC-CB-30]', limit, async () => {
  mcu = page.renew({ media: 0.05, repair: 0.05 });
  await page.joined();
  const { browser, server } = page;
  const { publish, subscribe, renegotiate } = server.answers;

  let mine = await page.publishes();
  let theirs = await page.receives();
  assert.notEqual(mine, theirs);
  mcu.UnPublish(mine);
  await hears('OnUnPublishSucc', String(mine));
  await hears('OnMediaClose', 5001, mine);
  mcu.UnSubscribe(theirs);
  await hears('OnUnSubscribeSucc', String(theirs));
  await hears('OnMediaClose', 5001, theirs);

  page.refuse('publish');
  mcu.Publish(CAMERA_AND_MICROPHONE);
  [mine] = await hears('OnMediaCallSucc');
  await hears('OnMediaClose', 5003, mine);
  await hears('OnPublishFailed', mine);
  page.refuse('subscribe');
  mcu.Subscribe({ feedId: 'f1', ...both });
  [, theirs] = await hears('OnMediaClose', 5003);
  await hears('OnSubscribeFailed', String(theirs));
  Object.assign(server.answers, { publish, subscribe });

  mine = await page.publishes();
  theirs = await page.receives();
  page.push(6, 'feedUnpublished', { participantId: 'p2', feedId: 'f1' });
  await hears('OnMediaClose', 5006, theirs);
  await hears('OnUnPublish', { uid: 'bob', feedId: 'f1' });
  page.push(7, 'feedPublished', { participantId: 'p2', feed: FEED });
  await hears('OnNewPublish');
  theirs = await page.receives();

  // Both connections break, and nothing brings them back.
  server.answers.renegotiate = () => {
    throw { code: 2006, error: 'MEDIA_UNAVAILABLE', message: 'no media' };
  };
  for (const connection of browser.connections) connection.become('failed');
  const closed = [await hears('OnMediaClose', 5007), await hears('OnMediaClose', 5007)];
  assert.deepEqual(closed.map(([, sid]) => sid).sort(), [mine, theirs].sort());
  assert.deepEqual(browser.live, [], 'its devices are free');
  server.answers.renegotiate = renegotiate;
  mcu.LeaveRoom();
  await hears('OnLeaveRoom', 1);

  mcu = page.renew({});
  await page.joined();
  mine = await page.publishes();
  theirs = await page.receives();
  mcu.LeaveRoom();
  await hears('OnMediaClose', 5008, mine);
  await hears('OnMediaClose', 5008, theirs);
  await hears('OnLeaveRoom', 1);

  mcu.JoinRoom('123456789', 'secret');
  await page.heardOf('OnRoomAttendanceList');
  mine = await page.publishes();
  theirs = await page.receives();
  page.push(6, 'roomEnded', { reason: 'ended' });
  await hears('OnMediaClose', 5002, mine);
  await hears('OnMediaClose', 5002, theirs);
  await hears('OnLeaveRoom', 2);

  // The camera opens when the room is left already.
  mcu.JoinRoom('123456789', 'secret');
  await page.heardOf('OnRoomAttendanceList');
  let open = () => {};
  browser.opens = new Promise((resolve) => (open = () => resolve(undefined)));
  mcu.Publish(CAMERA_AND_MICROPHONE);
  mcu.LeaveRoom();
  await hears('OnLeaveRoom', 1);
  open();
  [mine] = await hears('OnMediaCallSucc');
  await hears('OnMediaClose', 5005, mine);
  await hears('OnPublishFailed', mine, -1071);
  assert.deepEqual(browser.live, []);

  // Last, as these connections never come up.
  mcu = page.renew({ media: 0.05 });
  await page.joined();
  browser.connects = false;
  mcu.Publish(CAMERA_AND_MICROPHONE);
  [mine] = await hears('OnMediaCallSucc');
  await hears('OnMediaClose', 5004, mine);
  await hears('OnPublishFailed', mine, -1074);
  mcu.Subscribe({ feedId: 'f1', ...both });
  [, theirs] = await hears('OnMediaClose', 5004);
  await hears('OnSubscribeFailed', String(theirs), -1084);
});

test('a connection that breaks ends its streams once it is not back in time, and no stream of the other direction', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  /** @type {any} */
  const room = new Emitter();
  const ended = /** @type {string[]} */ ([]);
  const desk = /** @type {any} */ ({ ms: { repair: 60_000 }, log: { add() {} } });
  const broken = new BrokenMedia(desk, { up: () => ended.push('up'), down: () => ended.push('down') });
  broken.entered(room);
  const is = (/** @type {string} */ direction, /** @type {string} */ state) => room.emit('mediaState', { direction, state });
  is('up', 'repairing');
  t.mock.timers.tick(59_999);
  is('up', 'connected');
  t.mock.timers.tick(1_000_000);
  assert.deepEqual(ended, [], 'it came back in time');
  is('up', 'repairing');
  t.mock.timers.tick(30_000);
  is('down', 'repairing');
  is('down', 'connected');
  t.mock.timers.tick(30_000);
  assert.deepEqual(ended, ['up']);
  is('up', 'repairing');
  broken.left();
  t.mock.timers.tick(1_000_000);
  assert.deepEqual(ended, ['up'], 'the room was left');
});
