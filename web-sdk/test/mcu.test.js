import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { McuController } from '../mcu/index.js';
import { CALLS } from '../mcu/names.js';
import { McuPage, FEED, SNAPSHOT } from './mcu-page.js';

const limit = { timeout: 120_000 };
/** @type {McuPage} */
let page;
/** @type {any} */
let mcu;

beforeEach(async () => {
  page = await McuPage.open();
  mcu = page.mcu;
});
afterEach(() => page.close());

/** @type {McuPage['hears']} */
const hears = (...args) => page.hears(...args);

test('signs with what OnGetSign gives, a text or a promise of one, and nobody else is asked [MRTC-CB-03]', limit, async () => {
  /** @type {any[]} */
  const asked = [];
  mcu.OnGetSign = (/** @type {any[]} */ ...args) => {
    asked.push(args);
    return 'text';
  };
  mcu.Connect(page.config);
  await hears('OnConnectOK');
  assert.deepEqual(asked, [['biz', '', 'alice']]);
  const sent = () => page.server.ofType('connect').map(({ data }) => data.signature);
  assert.deepEqual(sent(), [{ bizName: 'biz', appId: '', workspaceId: '', uid: 'alice', signature: 'text' }]);
  mcu.Disconnect();
  await hears('OnConnectClose');
  mcu.OnGetSign = async () => 'promised';
  mcu.Connect(page.config);
  await hears('OnConnectOK');
  assert.equal(sent()[1].signature, 'promised');
});

test('a silent or unreachable server is -101, a refusal and a missing signature -102 [MRTC-CB-02]', limit, async () => {
  const connect = page.server.answers.connect;
  page.server.answers.connect = () => undefined;
  mcu = page.renew({ connect: 1 });
  mcu.Connect(page.config);
  await hears('OnConnectFailed', -101);
  mcu.Connect({ ...page.config, room_server_url: 'ws://127.0.0.1:1/' });
  await hears('OnConnectFailed', -101);
  page.server.answers.connect = connect;
  mcu = page.renew({});
  page.refuse('connect', 'SIGNATURE_INVALID', 5002);
  mcu.Connect(page.config);
  await hears('OnConnectFailed', -102);
  mcu.OnGetSign = () => '';
  mcu.Connect(page.config);
  await hears('OnConnectFailed', -102);
  mcu.Connect({ ...page.config, uid: 'a b' });
  await hears('OnConnectFailed', -102);
});

test('a room is initialised by a connected one outside a room, with parameters that can be [MRTC-CALL-03, MRTC-CB-05]', limit, async () => {
  mcu.InitRoomConfig({ auto_publish_subscribe: 4 });
  await hears('OnInitRoomConfigFail', -201);
  await page.connected();
  const source = { media_type: 1, publish_device: 1, initPublish: [{}] };
  for (const config of [
    undefined,
    {},
    { auto_publish_subscribe: 5 },
    { auto_publish_subscribe: 1 },
    { auto_publish_subscribe: 2, media_type: 1, publish_device: 1 },
    { auto_publish_subscribe: 2, ...source, media_type: 4 },
    { auto_publish_subscribe: 2, ...source, publish_device: 0 },
    { auto_publish_subscribe: 2, ...source, video_profile_type: 9 },
    { auto_publish_subscribe: 2, ...source, aspectRatioStrongDepend: true },
    { auto_publish_subscribe: 4, transport_: 'none' },
    { auto_publish_subscribe: 4, publish_type: 3 },
    { auto_publish_subscribe: 4, filePath: 'x' },
    { auto_publish_subscribe: 4, uid: 'bob' },
    { auto_publish_subscribe: 4, bizName: 'other' },
  ]) {
    mcu.InitRoomConfig(config);
    await hears('OnInitRoomConfigFail', -202);
  }
  mcu.InitRoomConfig({ auto_publish_subscribe: 4, uid: 'alice', bizName: 'biz', subBiz: '', filePath: 'x', defaultRecord: true });
  await hears('OnInitRoomConfigOK');
  mcu.InitRoomConfig({ auto_publish_subscribe: 4 });
  await hears('OnInitRoomConfigOK');
  mcu.JoinRoom(SNAPSHOT.roomId, SNAPSHOT.rtoken);
  await page.heardOf('OnRoomAttendanceList');
  mcu.InitRoomConfig({ auto_publish_subscribe: 4 });
  await hears('OnInitRoomConfigFail', -201);
});

test('creating: not initialised, refused, unanswered, devices that do not open [MRTC-CB-09]', limit, async () => {
  mcu.CreateRoom();
  await hears('OnCreateRoomFailed', -301);
  await page.initialised();
  const create = page.server.answers.createRoom;
  page.refuse('createRoom');
  mcu.CreateRoom();
  await hears('OnCreateRoomFailed', -302);
  page.server.answers.createRoom = () => undefined;
  mcu = page.renew({ create: 1, media: 1 });
  await page.initialised();
  mcu.CreateRoom();
  await hears('OnCreateRoomFailed', -303);
  page.server.answers.createRoom = create;
  // A browser whose question for the camera nobody answers.
  const navigator = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { mediaDevices: { getUserMedia: () => new Promise(() => {}) } }, configurable: true });
  try {
    mcu.InitRoomConfig({ auto_publish_subscribe: 2, media_type: 1, publish_device: 1, initPublish: [{}] });
    await hears('OnInitRoomConfigOK');
    mcu.CreateRoom();
    await hears('OnCreateRoomFailed', -304);
  } finally {
    if (navigator) Object.defineProperty(globalThis, 'navigator', navigator);
    else Reflect.deleteProperty(globalThis, 'navigator');
  }
});

test('joining: not initialised, parameters missing, refused, unanswered [MRTC-CB-11]', limit, async () => {
  mcu.JoinRoom('1', 't');
  await hears('OnJoinRoomFailed', -401);
  await page.initialised();
  mcu.JoinRoom('', 't');
  await hears('OnJoinRoomFailed', -402);
  mcu.JoinRoom('1', 't', 7);
  await hears('OnJoinRoomFailed', -402);
  page.refuse('joinRoom', 'ROOM_TOKEN_WRONG', 1004);
  mcu.JoinRoom('1', 't');
  await hears('OnJoinRoomFailed', -403);
  page.server.answers.joinRoom = () => undefined;
  mcu = page.renew({ join: 1 });
  await page.initialised();
  mcu.JoinRoom('1', 't');
  await hears('OnJoinRoomFailed', -404);
});

test('who joins hears who is there, then who comes, publishes, receives and goes', limit, async () => {
  await page.initialised();
  mcu.JoinRoom(SNAPSHOT.roomId, SNAPSHOT.rtoken);
  await hears('OnJoinRoomSucc');
  await hears('OnRoomAttendanceList', [{ uid: 'bob', userType: 0, publish: [{ feedId: 'f1', tag: 'main' }], subscribe: [{ feedId: 'f9' }] }]);
  const carol = { participantId: 'p3', uid: 'carol', displayName: 'c', role: 'guest', kind: 'member', state: 'present', joinedAtMs: 3, feeds: [] };
  page.push(6, 'participantJoined', { participant: carol });
  await hears('OnNewJoinerIn', 'carol');
  page.push(7, 'feedPublished', { participantId: 'p3', feed: { ...FEED, feedId: 'f3', tag: 't3' } });
  await hears('OnNewPublish', { uid: 'carol', feedId: 'f3', tag: 't3' });
  page.push(8, 'subscribed', { participantId: 'p3', feedId: 'f1' });
  await hears('OnNewSubscribe', 'carol', { uid: 'bob', feedId: 'f1' });
  page.push(9, 'unsubscribed', { participantId: 'p3', feedId: 'f1' });
  await hears('OnUnSubscribe', 'carol', { uid: 'bob', feedId: 'f1' });
  page.push(10, 'feedUnpublished', { participantId: 'p3', feedId: 'f3' });
  await hears('OnUnPublish', { uid: 'carol', feedId: 'f3' });
  page.push(11, 'participantLeft', { participantId: 'p3', uid: 'carol', exitType: 2, reason: 'lost' });
  await hears('OnParticipantLeaveRoom', 'carol', 2);
  page.push(12, 'text', { msgId: 'm', from: 'p2', uid: 'bob', text: '<b>', sentAtMs: 1 });
  await hears('OnReceiveTextMsg', 'bob', '<b>');
  assert.equal(page.server.ofType('joinRoom')[0].data.extra.thirdId, '');
});

test('inviting: outside a room, without whom, refused; else accepted and answered [MRTC-CB-13]', limit, async () => {
  mcu.Invite('bob', 0, 'x');
  await hears('OnInviteFail', -501);
  await page.joined();
  mcu.Invite('', 0);
  await hears('OnInviteFail', -503);
  mcu.Invite('bob', 5);
  await hears('OnInviteFail', -503);
  page.refuse('invite');
  mcu.Invite('bob', 0);
  await hears('OnInviteFail', -502);
  page.server.answers.invite = () => ({ inviteId: 'i', online: true });
  mcu.Invite('bob', 1, '{"why":"lunch"}');
  await hears('OnInviteOK');
  assert.equal(page.server.ofType('invite')[1].data.extra, '{"why":"lunch"}');
  page.push(6, 'inviteAnswered', { inviteId: 'i', uid: 'bob', reply: 2 });
  await hears('OnInviteReply', 'bob', 2);
});

test('an invitation comes with what joining needs and is answered once [MRTC-CB-15]', limit, async () => {
  mcu.ReplyInvite('77', 'bob', 0);
  await hears('OnReplyInviteFail', -601);
  await page.connected();
  const invited = { inviteId: 'i', roomId: '77', rtoken: 'r', inviterUid: 'bob', inviterName: 'Bob', extra: 'as it is', audio: true, video: true, expiresAtMs: 9e12 };
  for (let i = 0; i < 2; i++) page.server.send({ type: 'invited', roomId: '77', data: invited }); // shown again after a break
  await hears('OnInviteRequest', '77', 'r', 'bob', 'as it is');
  mcu.ReplyInvite('78', 'bob', 0);
  await hears('OnReplyInviteFail', -602);
  page.refuse('replyInvite', 'INVITATION_NOT_FOUND', 1012);
  mcu.ReplyInvite('77', 'bob', 2);
  await hears('OnReplyInviteFail', -602);
  page.server.answers.replyInvite = () => ({});
  mcu.ReplyInvite('77', 'bob', 0);
  await hears('OnReplyInviteOK');
  assert.equal(page.server.ofType('replyInvite')[1].data.accept, true);
});

test('a text that cannot be sent is -10291 with its number [MRTC-CB-40]', limit, async () => {
  mcu.SendTextMsg('early', []);
  await hears('OnSendTextMsgFailed', 1, -10291);
  await page.joined();
  page.server.answers.sendText = () => ({ msgId: 'm', seq: 6 });
  mcu.SendTextMsg('to all');
  await hears('OnSendTextMsgSucc', 2);
  mcu.SendTextMsg('to bob', ['bob', 'nobody']);
  await hears('OnSendTextMsgSucc', 3);
  assert.deepEqual(page.server.ofType('sendText').map(({ data }) => [data.to, data.clientMsgId]), [[[], '2'], [['p2'], '3']]);
  mcu.SendTextMsg('to nobody', ['nobody']);
  await hears('OnSendTextMsgFailed', 4, -10291);
  page.refuse('sendText');
  mcu.SendTextMsg('refused');
  await hears('OnSendTextMsgFailed', 5, -10291);
});

test('leaving oneself is 1; being removed, a room that ends and a session that is lost are 2 [MRTC-CB-45]', limit, async () => {
  await page.joined();
  mcu.LeaveRoom();
  await hears('OnLeaveRoom', 1);
  mcu.JoinRoom(SNAPSHOT.roomId, SNAPSHOT.rtoken);
  await page.heardOf('OnRoomAttendanceList');
  page.push(6, 'participantLeft', { participantId: 'me', uid: 'alice', exitType: 1, reason: 'kicked' });
  await hears('OnLeaveRoom', 2);
  mcu.JoinRoom(SNAPSHOT.roomId, SNAPSHOT.rtoken);
  await page.heardOf('OnRoomAttendanceList');
  page.push(6, 'roomEnded', { reason: 'ended' });
  await hears('OnLeaveRoom', 2);
  mcu.JoinRoom(SNAPSHOT.roomId, SNAPSHOT.rtoken);
  await page.heardOf('OnRoomAttendanceList');
  page.server.send({ code: 5007, error: 'SESSION_GONE', message: 'displaced' });
  await hears('OnLeaveRoom', 2);
  await hears('OnConnectClose');
});

test('a socket that breaks and comes back is no end; a session that is gone is [MRTC-CB-47]', limit, async () => {
  await page.joined();
  page.server.answers.resume = () => ({ roomId: SNAPSHOT.roomId, participantId: 'me' });
  page.server.cut();
  await page.server.until((received) => received.some(({ type }) => type === 'resume'));
  page.push(6, 'text', { msgId: 'm', from: 'p2', uid: 'bob', text: 'still here?', sentAtMs: 1 });
  // The push may meet a socket that is not the new one yet: the server repeats it until it is heard.
  const again = setInterval(() => page.push(6, 'text', { msgId: 'm', from: 'p2', uid: 'bob', text: 'still here?', sentAtMs: 1 }), 50);
  await hears('OnReceiveTextMsg', 'bob', 'still here?');
  clearInterval(again);
  page.refuse('resume', 'SESSION_GONE', 5007);
  page.server.cut();
  await hears('OnLeaveRoom', 2);
  await hears('OnConnectClose');
});

test('Disconnect leaves the room, then closes, and is answered in any state', limit, async () => {
  mcu.Disconnect();
  await hears('OnConnectClose');
  await page.joined();
  mcu.Disconnect();
  await hears('OnLeaveRoom', 1);
  await hears('OnConnectClose');
  await page.server.until((received) => received.some(({ type }) => type === 'bye'));
  const types = page.server.received.map(({ type }) => type);
  assert.ok(types.indexOf('leaveRoom') < types.indexOf('bye'));
});

test('each call in a wrong state is answered by its failure and throws nothing [MRTC-ERR-01]', limit, async () => {
  /** @type {Record<string, [any[], string, number]>} call -> arguments, answer, code */
  const answers = {
    InitRoomConfig: [[{ auto_publish_subscribe: 4 }], 'OnInitRoomConfigFail', -201],
    CreateRoom: [[], 'OnCreateRoomFailed', -301],
    JoinRoom: [['1', 't'], 'OnJoinRoomFailed', -401],
    Invite: [['bob', 0], 'OnInviteFail', -501],
    ReplyInvite: [['1', 'bob', 0], 'OnReplyInviteFail', -601],
    Publish: [[{ media_type: 1, publish_device: 1 }], 'OnMediaCallFail', 5104],
    Subscribe: [[{ feedId: 'f', subscribe_video_id: 'v' }], 'OnSubscribeFailed', -1081],
    SendTextMsg: [['x'], 'OnSendTextMsgFailed', -10291],
    StartRemoteRecord: [[], 'OnStartRemoteRecordFailed', -10311],
    StopRemoteRecord: [['r'], 'OnStopRemoteRecordFailed', -10331],
    PauseRemoteRecord: [['r'], 'OnPauseRemoteRecordFailed', -10341],
    ResumeRemoteRecord: [['r'], 'OnResumeRemoteRecordFailed', -10361],
    GetRecordInfo: [['r', '1'], 'OnRemoteRecordInfoFailed', -10351],
    StartVod: [[{ vodFile: 'a.mp4' }], 'OnStartVodFail', -10372],
    StopVod: [['v'], 'OnStopVodFail', -10392],
    ChangeMediaStream: [[{ sid: 1 }], 'OnChangeMediaStreamFailed', -1101],
    ChangeProfile: [[{ sid: 1 }], 'OnChangeMediaStreamFailed', -1101],
    GetDevices: [[], 'OnGetDevicesFailed', -30101],
    StartBrowserRecord: [['c', [1], { media_type: 1 }], 'OnClientStartRecordFailed', -20301],
    StopRecord: [['c'], 'OnClientStopRecordFailed', -20331],
    PauseRecord: [['c'], 'OnClientPauseRecordFailed', -20371],
    ResumeRecord: [['c'], 'OnClientResumeRecordFailed', -20391],
    DownloadRecord: [['c', 'x'], 'OnClientDownloadRecordFailed', -20351],
    LeaveRoom: [[], 'OnLeaveRoom', 1],
    Disconnect: [[], 'OnConnectClose', 0],
    Connect: [[{}], 'OnConnectFailed', -102],
  };
  for (const [call, [args, callback, code]] of Object.entries(answers)) {
    mcu[call](...args);
    const [found, ...given] = await page.next();
    assert.equal(found, callback, call);
    if (code !== 0) assert.ok(given.includes(code), `${call}: ${given}`);
  }
  // These have no answer of their own.
  const quiet = CALLS.filter((call) => !(call in answers));
  for (const call of quiet) if (call !== 'DownloadLog') await mcu[call](1, 1, 1);
  assert.equal(page.heard.length, Object.keys(answers).length);
});

test('withdrawn calls say so', limit, () => {
  const warnings = /** @type {string[]} */ ([]);
  const { warn } = console;
  console.warn = (text) => warnings.push(text);
  try {
    for (const name of ['StartRecord', 'StartAsr', 'StopAsr', 'StartTts', 'StopTts']) mcu[name]();
  } finally {
    console.warn = warn;
  }
  assert.equal(warnings.length, 5);
  assert.match(warnings[0], /StartBrowserRecord/);
});

test('a callback that throws disturbs nothing, and one that is not set does nothing', limit, async () => {
  const plain = new McuController();
  assert.equal(plain.OnConnectOK?.(), undefined);
  mcu.OnConnectClose = () => {
    throw new Error('the page is broken');
  };
  /** @type {() => void} */
  let later = () => {};
  const { queueMicrotask } = globalThis;
  globalThis.queueMicrotask = (task) => (later = task); // whose errors go to the page's error handler
  try {
    mcu.Disconnect();
    await page.server.until(() => true);
    await Promise.resolve();
  } finally {
    globalThis.queueMicrotask = queueMicrotask;
  }
  assert.throws(later, /the page is broken/);
  mcu.OnConnectClose = () => {};
  await page.connected();
});
