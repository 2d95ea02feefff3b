import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { BrowserPage, CAMERA_AND_MICROPHONE } from './mcu-browser.js';
import { SNAPSHOT } from './mcu-page.js';

const limit = { timeout: 120_000 };
/** As good as at once; what is answered has a minute. */
const SOON = 0.05;
/** @type {BrowserPage} */
let page;
/** @type {any} */
let mcu;

beforeEach(async () => {
  page = await BrowserPage.open();
});
afterEach(() => page.close());

/** @type {BrowserPage['hears']} */
const hears = (...args) => page.hears(...args);

/** @param {string} type of a request that is not answered any more */
const silence = (type) => (page.server.answers[type] = () => undefined);

test('with a server that never answers each timed operation reports its timeout [MRTC-ERR-03]', limit, async () => {
  const { answers } = page.server;
  const answered = { ...answers };
  silence('connect');
  mcu = page.renew({ connect: SOON });
  mcu.Connect(page.config);
  await hears('OnConnectFailed', -101);

  answers.connect = answered.connect;
  mcu = page.renew({ create: SOON });
  await page.initialised();
  for (const step of ['createRoom', 'joinRoom']) {
    silence(step);
    mcu.CreateRoom();
    await hears('OnCreateRoomFailed', -303);
    answers[step] = answered[step];
  }

  mcu = page.renew({ media: SOON });
  page.browser.opens = new Promise(() => {}); // nobody answers the question for the camera
  await page.initialised({ ...CAMERA_AND_MICROPHONE, auto_publish_subscribe: 2, initPublish: [{ publish_video_id: 'v' }] });
  mcu.CreateRoom();
  await hears('OnCreateRoomFailed', -304);
  page.browser.opens = Promise.resolve();

  silence('joinRoom');
  mcu = page.renew({ join: SOON });
  await page.initialised();
  mcu.JoinRoom('123456789', 'secret');
  await hears('OnJoinRoomFailed', -404);
  answers.joinRoom = answered.joinRoom;

  mcu = page.renew({ stream: SOON, record: SOON, vod: SOON });
  await page.joined();
  for (const type of ['publish', 'subscribe', 'startRecording', 'startPlayback']) silence(type);
  mcu.Publish(CAMERA_AND_MICROPHONE);
  const [mine] = await hears('OnMediaCallSucc');
  await hears('OnMediaClose', 5004, mine);
  await hears('OnPublishFailed', mine, -1074);
  mcu.Subscribe({ feedId: 'f1', subscribe_video_id: 'v', subscribe_audio_id: 'a' });
  const [, theirs] = await hears('OnMediaClose', 5004);
  await hears('OnSubscribeFailed', String(theirs), -1084);
  mcu.StartRemoteRecord('', undefined, 'mine');
  await hears('OnStartRemoteRecordFailed', '', -10312);
  mcu.StartVod({ vodFile: 'a.mp4', vodStartTimeout: 1 });
  await hears('OnStartVodFail', 'a.mp4', '', -10375);

  // The server answers, and the connection does not come up.
  Object.assign(answers, { publish: answered.publish, subscribe: answered.subscribe });
  page.browser.connects = false;
  mcu = page.renew({ media: SOON });
  await page.joined();
  mcu.Publish(CAMERA_AND_MICROPHONE);
  await hears('OnMediaCallSucc');
  await hears('OnMediaClose', 5004);
  assert.equal((await hears('OnPublishFailed'))[1], -1074);
  mcu.Subscribe({ feedId: 'f1', subscribe_video_id: 'v', subscribe_audio_id: 'a' });
  await hears('OnMediaClose', 5004);
  assert.equal((await hears('OnSubscribeFailed'))[1], -1084);
});

test('what is answered too late is taken back', limit, async () => {
  mcu = page.renew({ stream: SOON, vod: SOON });
  await page.joined();
  const { server } = page;
  const { publish } = server.answers;
  silence('publish');
  silence('startPlayback');
  server.answers.stopPlayback = () => ({});
  mcu.Publish(CAMERA_AND_MICROPHONE);
  await page.heardOf('OnPublishFailed');
  mcu.StartVod({ vodFile: 'a.mp4', vodStartTimeout: 1 });
  await hears('OnStartVodFail', 'a.mp4', '', -10375);
  const late = (/** @type {string} */ type, /** @type {any} */ data) => server.send({ re: server.ofType(type)[0].id, code: 0, data });
  late('publish', publish({}));
  late('startPlayback', { vodId: 'v1', participantId: 'p', feedId: 'f' });
  await server.until((received) => ['unpublish', 'stopPlayback'].every((type) => received.some((message) => message.type === type)));
  assert.equal(server.ofType('stopPlayback')[0].data.vodId, 'v1');

  mcu = page.renew({ join: SOON });
  await page.initialised();
  silence('joinRoom');
  mcu.JoinRoom(SNAPSHOT.roomId, SNAPSHOT.rtoken);
  await hears('OnJoinRoomFailed', -404);
  const before = server.ofType('leaveRoom').length;
  server.send({ re: server.ofType('joinRoom').at(-1).id, code: 0, data: SNAPSHOT });
  await server.until(() => server.ofType('leaveRoom').length > before);
});
