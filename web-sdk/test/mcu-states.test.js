import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { CALLS } from '../mcu/names.js';
import { BrowserPage } from './mcu-browser.js';
import { SNAPSHOT } from './mcu-page.js';

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

/** The call is right in this state, and other tests make it. */
const RIGHT = 'right';
/** It has no callback for a failure: nothing is called back. */
const QUIET = 'quiet';
/** Likewise, and the log that DownloadLog saves has a line on it. */
const LOGGED = 'logged';

/** @typedef {[string, any]} Heard callback and one of its arguments */
/** @typedef {Heard | typeof RIGHT | typeof QUIET | typeof LOGGED} Expected */

/**
 * Arguments, then what is heard before Connect, connected but in no room, in a room where what is named is unknown, after LeaveRoom, after Disconnect.
 *
 * @type {Record<string, [any[], Expected, Expected, Expected, Expected, Expected]>}
 */
const TABLE = {
  Connect: [[{}], ['OnConnectFailed', -102], ['OnConnectFailed', -102], ['OnConnectFailed', -102], ['OnConnectFailed', -102], ['OnConnectFailed', -102]],
  Disconnect: [[], ['OnConnectClose', undefined], RIGHT, RIGHT, RIGHT, ['OnConnectClose', undefined]],
  InitRoomConfig: [[{ auto_publish_subscribe: 4 }], ['OnInitRoomConfigFail', -201], RIGHT, ['OnInitRoomConfigFail', -201], RIGHT, ['OnInitRoomConfigFail', -201]],
  CreateRoom: [[], ['OnCreateRoomFailed', -301], ['OnCreateRoomFailed', -301], ['OnCreateRoomFailed', -301], RIGHT, ['OnCreateRoomFailed', -301]],
  JoinRoom: [['1', 't'], ['OnJoinRoomFailed', -401], ['OnJoinRoomFailed', -401], ['OnJoinRoomFailed', -401], RIGHT, ['OnJoinRoomFailed', -401]],
  Invite: everywhere(['bob', 0], ['OnInviteFail', -501], ['OnInviteFail', -502]),
  ReplyInvite: [['1', 'bob', 0], ['OnReplyInviteFail', -601], ['OnReplyInviteFail', -602], ['OnReplyInviteFail', -602], ['OnReplyInviteFail', -602], ['OnReplyInviteFail', -601]],
  LeaveRoom: everywhere([], ['OnLeaveRoom', 1], RIGHT),
  Publish: everywhere([{ media_type: 1, publish_device: 1 }], ['OnMediaCallFail', 5104], ['OnPublishFailed', -1072]),
  Subscribe: everywhere([{ feedId: 'none', subscribe_video_id: 'v' }], ['OnSubscribeFailed', -1081], ['OnSubscribeFailed', -1081]),
  SetLocalAudioEnable: everywhere([0, 99], LOGGED, LOGGED),
  SetLocalVideoEnable: everywhere([0, 99], LOGGED, LOGGED),
  SetLocalCodecType: everywhere(['AV9'], LOGGED, LOGGED),
  SetLocalProtoType: everywhere(['sctp'], LOGGED, LOGGED),
  TakePicture: everywhere([0, 1, 1, 99, 1], QUIET, QUIET),
  StopRecord: everywhere(['c'], ['OnClientStopRecordFailed', -20331], QUIET), // "returns directly", V1.0.3
  PauseRecord: everywhere(['c'], ['OnClientPauseRecordFailed', -20371], ['OnClientPauseRecordFailed', -20372]),
  ResumeRecord: everywhere(['c'], ['OnClientResumeRecordFailed', -20391], ['OnClientResumeRecordFailed', -20392]),
  DownloadRecord: everywhere(['c', 'x'], ['OnClientDownloadRecordFailed', -20351], ['OnClientDownloadRecordFailed', -20352]),
  StartRemoteRecord: everywhere([], ['OnStartRemoteRecordFailed', -10311], ['OnStartRemoteRecordFailed', -10311]),
  StopRemoteRecord: everywhere(['none'], ['OnStopRemoteRecordFailed', -10331], ['OnStopRemoteRecordFailed', -10331]),
  GetRecordInfo: [
    ['none', '1', 0],
    ['OnRemoteRecordInfoFailed', -10351],
    ['OnRemoteRecordInfoFailed', -10352],
    ['OnRemoteRecordInfoFailed', -10352],
    ['OnRemoteRecordInfoFailed', -10352],
    ['OnRemoteRecordInfoFailed', -10351],
  ],
  UnPublish: everywhere([99], LOGGED, LOGGED),
  UnSubscribe: everywhere([99], LOGGED, LOGGED),
  SendTextMsg: everywhere(['x', ['nobody']], ['OnSendTextMsgFailed', -10291], ['OnSendTextMsgFailed', -10291]),
  SetPublishWeakBitrateLimit: everywhere([100], QUIET, QUIET),
  SetSubscribeWeakBitrateLimit: everywhere([100], QUIET, QUIET),
  StartVod: everywhere([{ vodFile: 'none.mp4' }], ['OnStartVodFail', -10372], ['OnStartVodFail', -10371]),
  StopVod: everywhere(['none'], ['OnStopVodFail', -10392], ['OnStopVodFail', -10393]),
  DownloadLog: everywhere([], QUIET, QUIET),
  ChangeMediaStream: everywhere([{ sid: 99, media_type: 1, publish_device: 1 }], ['OnChangeMediaStreamFailed', -1101], ['OnChangeMediaStreamFailed', -1101]),
  ChangeProfile: everywhere([{ sid: 99, video_profile_type: 1 }], ['OnChangeMediaStreamFailed', -1101], ['OnChangeMediaStreamFailed', -1101]),
  GetDevices: everywhere([], ['OnGetDevicesFailed', -30102], ['OnGetDevicesFailed', -30102]),
  StartBrowserRecord: everywhere(['c', [99], { media_type: 1 }], ['OnClientStartRecordFailed', -20301], ['OnClientStartRecordFailed', -20304]),
  PauseRemoteRecord: everywhere(['none'], ['OnPauseRemoteRecordFailed', -10341], ['OnPauseRemoteRecordFailed', -10342]),
  ResumeRemoteRecord: everywhere(['none'], ['OnResumeRemoteRecordFailed', -10361], ['OnResumeRemoteRecordFailed', -10362]),
};

/**
 * @param {any[]} args
 * @param {Expected} outside any room
 * @param {Expected} inside
 * @returns {[any[], Expected, Expected, Expected, Expected, Expected]}
 */
function everywhere(args, outside, inside) {
  return [args, outside, outside, inside, outside, outside];
}

/** @returns {Promise<string>} */
async function log() {
  mcu.DownloadLog();
  return /** @type {any} */ (page.browser.downloads.at(-1)).blob.text();
}

/** @param {1 | 2 | 3 | 4 | 5} state column of the table */
async function callAll(state) {
  let expected = page.heard.length;
  for (const call of CALLS) {
    const [args, ...states] = TABLE[call];
    const wanted = states[state - 1];
    if (wanted === RIGHT) continue;
    const lines = (await log()).split('\n').length;
    const result = mcu[call](...args); // what it throws fails the test
    if (typeof wanted !== 'string') {
      let [name, ...given] = await page.next();
      if (call === 'Subscribe' && name === 'OnMediaClose') {
        [name, ...given] = await page.next(); // the server was asked, and the stream that was to come is over
        expected++;
      }
      assert.equal(name, wanted[0], call);
      assert.ok(wanted[1] === undefined || given.includes(wanted[1]), `${call} in state ${state}: ${given}`);
      expected++;
    } else {
      assert.equal((await result) ?? null, null, call);
      if (wanted === LOGGED) assert.ok((await log()).split('\n').length > lines, `${call} leaves a line in the log`);
    }
  }
  assert.equal(page.heard.length, expected, 'each call is answered once');
}

test('each of the 36 calls in each wrong state gives its failure, throws nothing and is not silent [MRTC-ERR-02]', limit, async () => {
  assert.deepEqual(Object.keys(TABLE), CALLS);
  const { server, browser } = page;
  browser.mediaDevices.enumerateDevices = () => Promise.reject(new Error('away'));
  for (const type of ['invite', 'startRecording', 'startPlayback']) page.refuse(type);
  for (const type of ['stopRecording', 'pauseRecording', 'resumeRecording', 'recordingInfo']) page.refuse(type, 'RECORDING_NOT_FOUND', 3001);
  await callAll(1);
  await page.connected();
  await callAll(2);
  mcu.InitRoomConfig({ auto_publish_subscribe: 4 });
  await page.hears('OnInitRoomConfigOK');
  mcu.JoinRoom(SNAPSHOT.roomId, SNAPSHOT.rtoken);
  await page.heardOf('OnRoomAttendanceList');
  await callAll(3);
  mcu.LeaveRoom();
  await page.hears('OnLeaveRoom', 1);
  await callAll(4);
  mcu.Disconnect();
  await page.hears('OnConnectClose');
  await callAll(5);
  assert.ok(!server.received.some(({ type }) => ['createRoom', 'publish', 'subscribe'].includes(type)), 'nothing of this is asked of the server');
});

test('no call throws or falls silent for arguments that are missing or of another type', limit, async () => {
  const without = CALLS.filter((call) => !['LeaveRoom', 'Disconnect', 'Connect'].includes(call));
  /** @type {any[][]} */
  const odd = [[], [null, null, null, null, null], ['text', 'text', 'text', 'text', 'text'], [7, 7, 7, 7, 7]];
  const callEach = async () => {
    for (const args of odd) for (const call of without) await mcu[call](...args);
  };
  for (const args of odd) mcu.Connect(...args);
  await callEach();
  await page.connected();
  page.heard.length = 0;
  for (const config of [
    { auto_publish_subscribe: 4, ice_relay_ip_array: 7 },
    { auto_publish_subscribe: 4, defaultTurnServer: 7 },
    { auto_publish_subscribe: 2, media_type: 1, publish_device: 1, initPublish: 'x' },
  ]) {
    mcu.InitRoomConfig(config);
  }
  await page.until(() => page.heard.filter(([name]) => name.startsWith('OnInitRoomConfig')).length === 3);
  mcu = page.renew({});
  await page.joined();
  await callEach();
  page.server.answers.sendText = () => ({ msgId: 'm', seq: 6 });
  mcu.SendTextMsg('the texts before it did not stop the way', 'bob');
  await page.until(() => page.heard.some(([name]) => name === 'OnSendTextMsgSucc'));
});

test('what is given up while it is under way does not come true after all', limit, async () => {
  const { server } = page;
  mcu.Connect(page.config);
  mcu.Disconnect();
  await page.hears('OnConnectClose');
  await page.hears('OnConnectFailed', -102);
  await server.until((received) => received.some(({ type }) => type === 'bye'));
  await page.initialised();
  for (const [enter, callback, code] of /** @type {const} */ ([['JoinRoom', 'OnJoinRoomFailed', -403], ['CreateRoom', 'OnCreateRoomFailed', -302]])) {
    const left = server.ofType('leaveRoom').length;
    mcu[enter](SNAPSHOT.roomId, SNAPSHOT.rtoken);
    mcu.LeaveRoom();
    await page.hears('OnLeaveRoom', 1);
    await page.hears(callback, code);
    await server.until(() => server.ofType('leaveRoom').length > left);
  }
  mcu.JoinRoom(SNAPSHOT.roomId, SNAPSHOT.rtoken);
  await page.hears('OnJoinRoomSucc');
});
