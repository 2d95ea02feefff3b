import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, test } from 'node:test';
import { onlyBy } from '../core/link.js';
import { LINES_MAX, Log } from '../mcu/log.js';
import { CALLBACKS, CALLS, WITHDRAWN } from '../mcu/names.js';
import { planOf, routeOf, turnOf } from '../mcu/room-config.js';
import { paramOf } from '../mcu/remote-recording.js';
import { manual, reference } from '../tools/mcu-manual.js';
import { WeakStream } from '../mcu/weak-network.js';
import { McuPage, SNAPSHOT } from './mcu-page.js';

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

/**
 * @param {number} seq
 * @param {string} recordId
 * @param {number} eventCode
 * @param {object} [more]
 */
const recorder = (seq, recordId, eventCode, more = {}) => page.push(seq, 'recording', { recordId, thirdId: 'mine', eventCode, message: '', ...more });

test('a recording is initialised, starts, ends; what fails has its code', limit, async () => {
  await page.joined();
  page.server.answers.startRecording = ({ param }) => ({ recordId: `rec${param.fps}` });
  mcu.StartRemoteRecord('', { fps: 1 }, 'mine');
  await hears('OnInitRemoteRecordSucc', 'rec1', 'mine');
  recorder(6, 'rec1', 10);
  await hears('OnStartRemoteRecordSucc', 'rec1', 'mine'); // nobody has to be there
  recorder(7, 'rec1', 0);
  recorder(8, 'rec1', 0); // another stream
  recorder(9, 'rec1', 11);
  await hears('OnRemoteRecordOver', 'rec1');
  recorder(10, 'rec1', 99);
  mcu.StartRemoteRecord('', { fps: 2 }, 'mine');
  await hears('OnInitRemoteRecordSucc', 'rec2', 'mine');
  recorder(11, 'rec2', 100004);
  await hears('OnStartRemoteRecordFailed', 'rec2', -10314);
  mcu.StartRemoteRecord('', { fps: 3 }, 'mine');
  await hears('OnInitRemoteRecordSucc', 'rec3', 'mine');
  recorder(12, 'rec3', 0);
  await hears('OnStartRemoteRecordSucc', 'rec3', 'mine');
  recorder(13, 'rec3', 100106);
  await hears('OnRemoteRecordingFailed', 'rec3', '', -12482);
  page.refuse('startRecording');
  mcu.StartRemoteRecord('', undefined, 'mine');
  await hears('OnStartRemoteRecordFailed', '', -10311);
  page.server.answers.startRecording = () => undefined;
  mcu = page.renew({ record: 1 });
  await page.joined();
  mcu.StartRemoteRecord('', undefined, 'mine');
  await hears('OnStartRemoteRecordFailed', '', -10312);
});

test('a recording of two starts with the second; a start that fails has the code of its cause [MRTC-CB-84]', limit, async () => {
  await page.joined();
  let n = 0;
  page.server.answers.startRecording = () => ({ recordId: `rec${++n}` });
  mcu.StartRemoteRecord('', { recordTotalStream: 2 }, 'mine');
  await hears('OnInitRemoteRecordSucc', 'rec1', 'mine');
  recorder(6, 'rec1', 10);
  recorder(7, 'rec1', 0, { feedId: 'f1' });
  recorder(8, 'rec1', 500301, { feedId: 'f1' });
  const [, code, , thirdId] = await hears('OnStartRemoteRecordFailed', 'rec1', -10313);
  assert.deepEqual([code, thirdId], [-10313, 'mine']);
  recorder(9, 'rec1', 0, { feedId: 'f2' });
  await hears('OnStartRemoteRecordSucc', 'rec1', 'mine');
  mcu.StartRemoteRecord('', { recordTotalStream: 2 }, 'mine');
  await hears('OnInitRemoteRecordSucc', 'rec2', 'mine');
  recorder(10, 'rec2', 100004);
  assert.equal((await hears('OnStartRemoteRecordFailed', 'rec2', -10314))[3], 'mine');
  page.refuse('startRecording');
  mcu.StartRemoteRecord('', undefined, 'mine');
  assert.equal((await hears('OnStartRemoteRecordFailed', '', -10311))[3], 'mine');
  page.server.answers.startRecording = () => undefined;
  mcu = page.renew({ record: 1 });
  await page.joined();
  mcu.StartRemoteRecord('', undefined, 'mine');
  assert.equal((await hears('OnStartRemoteRecordFailed', '', -10312))[3], 'mine');
});

test('a stream that is lost while the server records is -12481 with its feed, the end of the whole -12482 [MRTC-CB-94]', limit, async () => {
  await page.joined();
  page.server.answers.startRecording = () => ({ recordId: 'rec' });
  mcu.StartRemoteRecord('', undefined, 'mine');
  await hears('OnInitRemoteRecordSucc', 'rec', 'mine');
  recorder(6, 'rec', 10);
  await hears('OnStartRemoteRecordSucc', 'rec', 'mine');
  recorder(7, 'rec', 500301, { feedId: 'f1' });
  await hears('OnRemoteRecordingFailed', 'rec', 'f1', -12481);
  recorder(8, 'rec', 500302, { feedId: 'f1' }); // slow, not lost
  recorder(9, 'rec', 100106);
  await hears('OnRemoteRecordingFailed', 'rec', '', -12482);
});

test('a recording that cannot be stopped is -10331 [MRTC-CB-86]', limit, async () => {
  await page.joined();
  for (const [error, code] of /** @type {const} */ ([['RECORDING_NOT_FOUND', 3001], ['RECORDING_ENDED', 3002]])) {
    page.refuse('stopRecording', error, code);
    mcu.StopRemoteRecord('rec');
    await hears('OnStopRemoteRecordFailed', 'rec', -10331);
  }
  page.server.answers.stopRecording = () => ({});
  mcu.StopRemoteRecord('rec');
  await hears('OnStopRemoteRecordSucc', 'rec');
});

test('pausing: no room, a wrong state, a refusal [MRTC-CB-90]', limit, async () => {
  mcu.PauseRemoteRecord('rec');
  await hears('OnPauseRemoteRecordFailed', 'rec', -10341);
  await page.joined();
  page.refuse('pauseRecording', 'RECORDING_STATE', 3004);
  mcu.PauseRemoteRecord('rec');
  await hears('OnPauseRemoteRecordFailed', 'rec', -10342);
  page.refuse('pauseRecording', 'UNAVAILABLE', 9005);
  mcu.PauseRemoteRecord('rec');
  await hears('OnPauseRemoteRecordFailed', 'rec', -10343);
  page.server.answers.pauseRecording = () => ({});
  mcu.PauseRemoteRecord('rec');
  await hears('OnPauseRemoteRecordSucc', 'rec');
});

test('resuming: no room, a wrong state, a refusal [MRTC-CB-92]', limit, async () => {
  mcu.ResumeRemoteRecord('rec');
  await hears('OnResumeRemoteRecordFailed', 'rec', -10361);
  await page.joined();
  page.refuse('resumeRecording', 'RECORDING_STATE', 3004);
  mcu.ResumeRemoteRecord('rec');
  await hears('OnResumeRemoteRecordFailed', 'rec', -10362);
  page.refuse('resumeRecording', 'UNAVAILABLE', 9005);
  mcu.ResumeRemoteRecord('rec');
  await hears('OnResumeRemoteRecordFailed', 'rec', -10363);
  page.server.answers.resumeRecording = () => ({});
  mcu.ResumeRemoteRecord('rec');
  await hears('OnResumeRemoteRecordSucc', 'rec');
});

test('the result is asked for with a signature of the record id; what fails has its code [MRTC-CB-88]', limit, async () => {
  mcu.GetRecordInfo('rec', '77');
  await hears('OnRemoteRecordInfoFailed', 'rec', -10351);
  await page.connected();
  mcu.GetRecordInfo('', '77');
  await hears('OnRemoteRecordInfoFailed', '', -10353);
  mcu.GetRecordInfo('rec', '77', 3);
  await hears('OnRemoteRecordInfoFailed', 'rec', -10353);
  page.refuse('recordingInfo', 'RECORDING_NOT_FOUND', 3001);
  mcu.GetRecordInfo('rec', '77');
  await hears('OnRemoteRecordInfoFailed', 'rec', -10352);
  mcu.OnGetSign = (/** @type {string} */ _biz, /** @type {string} */ _sub, /** @type {string} */ uid) => `signed ${uid}`;
  const files = [{ mediaType: 0, fileType: 2, path: 'a/b.mp4' }, { mediaType: 1, fileType: 1, path: 'a/b-audio.mp4' }];
  page.server.answers.recordingInfo = () => ({ recordId: 'rec', roomId: '77', state: 'DONE', files });
  mcu.GetRecordInfo('rec', '77');
  await hears('OnRemoteRecordInfoSucc', { recordId: 'rec', status: 2, fileType: 2, filePath: 'a/b.mp4' });
  mcu.GetRecordInfo('rec', '77', 1);
  await hears('OnRemoteRecordInfoSucc', { recordId: 'rec', status: 2, fileType: 1, filePath: 'a/b-audio.mp4' });
  mcu.GetRecordInfo('rec', '77', 2);
  await hears('OnRemoteRecordInfoFailed', 'rec', -10353);
  assert.equal(page.server.ofType('recordingInfo').at(-1).data.signature.signature, 'signed rec');
  page.server.answers.recordingInfo = () => ({ recordId: 'rec', roomId: '77', state: 'COMPOSING', files: [] });
  mcu.GetRecordInfo('rec', '77');
  await hears('OnRemoteRecordInfoSucc', { recordId: 'rec', status: 1 });
});

test('a page that knows only the old names of recording callbacks is called by those [MRTC-REL-07]', limit, async () => {
  await page.joined();
  const renamed = {
    OnInitRecordSucc: 'OnInitRemoteRecordSucc',
    OnStartRecordSucc: 'OnStartRemoteRecordSucc',
    OnStartRecordFailed: 'OnStartRemoteRecordFailed',
    OnStopRecordSucc: 'OnStopRemoteRecordSucc',
    OnStopRecordFailed: 'OnStopRemoteRecordFailed',
    OnRecordInfoSucc: 'OnRemoteRecordInfoSucc',
    OnRecordInfoFailed: 'OnRemoteRecordInfoFailed',
    OnRecordOver: 'OnRemoteRecordOver',
    OnRecordingFailed: 'OnRemoteRecordingFailed',
  };
  for (const [old, now] of Object.entries(renamed)) {
    delete mcu[now];
    mcu[old] = (/** @type {any[]} */ ...args) => page.note(old, args);
  }
  let n = 0;
  page.server.answers.startRecording = () => ({ recordId: `rec${++n}` });
  page.server.answers.stopRecording = () => ({});
  page.server.answers.recordingInfo = () => ({ recordId: 'rec1', roomId: '77', state: 'FAILED' });
  mcu.StartRemoteRecord();
  await hears('OnInitRecordSucc', 'rec1');
  recorder(6, 'rec1', 0);
  await hears('OnStartRecordSucc', 'rec1');
  recorder(7, 'rec1', 100101);
  await hears('OnRecordingFailed', 'rec1');
  mcu.StartRemoteRecord();
  await hears('OnInitRecordSucc', 'rec2');
  recorder(8, 'rec2', 11);
  await hears('OnRecordOver', 'rec2');
  mcu.StopRemoteRecord('rec2');
  await hears('OnStopRecordSucc', 'rec2');
  page.refuse('stopRecording');
  mcu.StopRemoteRecord('rec2');
  await hears('OnStopRecordFailed', 'rec2');
  mcu.GetRecordInfo('rec1', '77');
  await hears('OnRecordInfoSucc', { recordId: 'rec1', status: 3 });
  mcu.GetRecordInfo('', '77');
  await hears('OnRecordInfoFailed', '');
  page.refuse('startRecording');
  mcu.StartRemoteRecord();
  await hears('OnStartRecordFailed', '');
});

/**
 * @param {number} seq
 * @param {string} vodId
 * @param {string} state
 */
const player = (seq, vodId, state) => page.push(seq, 'playback', { vodId, participantId: 'p', feedId: 'f', state, message: '' });

test('a file that does not play has the code of its cause [MRTC-CB-56]', limit, async () => {
  mcu.StartVod({ vodFile: 'a.mp4' });
  await hears('OnStartVodFail', 'a.mp4', '', -10372);
  await page.joined();
  mcu.StartVod({});
  await hears('OnStartVodFail', '', '', -10374);
  mcu.StartVod({ vodFile: 'a.mp4', vodStartTimeout: 0 });
  await hears('OnStartVodFail', 'a.mp4', '', -10374);
  page.refuse('startPlayback', 'PLAYBACK_FILE', 4002);
  mcu.StartVod({ vodFile: 'a.mp4' });
  await hears('OnStartVodFail', 'a.mp4', '', -10371);
  page.server.answers.startPlayback = () => ({ vodId: 'v1', participantId: 'p', feedId: 'f' });
  mcu.StartVod({ vodFile: 'a.mp4', vodStartTimeout: 60 });
  await page.server.until((received) => received.filter(({ type }) => type === 'startPlayback').length === 2);
  player(6, 'v1', 'failed');
  await hears('OnStartVodFail', 'a.mp4', 'v1', -10373);
  page.server.answers.startPlayback = () => ({ vodId: 'v2', participantId: 'p', feedId: 'f' });
  mcu.StartVod({ vodFile: 'a.mp4', vodStartTimeout: 1 });
  await hears('OnStartVodFail', 'a.mp4', 'v2', -10375);
});

test('a file plays to its end, or is stopped; what cannot be stopped has its code [MRTC-CB-58]', limit, async () => {
  mcu.StopVod('v1');
  await hears('OnStopVodFail', 'v1', -10392);
  await page.joined();
  mcu.StopVod('v1');
  await hears('OnStopVodFail', 'v1', -10393);
  page.server.answers.startPlayback = ({ file }) => ({ vodId: file, participantId: 'p', feedId: 'f' });
  for (const [vodId, seq] of /** @type {const} */ ([['v1', 6], ['v2', 7]])) {
    mcu.StartVod({ vodFile: vodId, vodStartTimeout: 60 });
    await page.server.until((received) => received.filter(({ type }) => type === 'startPlayback').length === seq - 5);
    player(seq, vodId, 'playing');
    await hears('OnStartVodSuccess', vodId, vodId);
  }
  page.refuse('stopPlayback');
  mcu.StopVod('v1');
  await hears('OnStopVodFail', 'v1', -10391);
  player(8, 'v1', 'over');
  await hears('OnVodOver', 'v1');
  page.server.answers.stopPlayback = () => ({});
  mcu.StopVod('v2');
  await hears('OnStopVodSuccess', 'v2');
});

test('recording from the start: refused, it fails the call that depends on it and no other', limit, async () => {
  page.refuse('startRecording');
  page.server.answers.endRoom = () => ({});
  await page.initialised({ defaultRecord: true, record_third_id: 'mine' });
  mcu.CreateRoom();
  await hears('OnStartRemoteRecordFailed', '', -10311);
  await hears('OnCreateRoomFailed', -302);
  assert.equal(page.server.ofType('endRoom').length, 1);
  mcu.InitRoomConfig({ auto_publish_subscribe: 4, defaultRecord: true, recordStrongDepend: false });
  await hears('OnInitRoomConfigOK');
  mcu.CreateRoom();
  await hears('OnStartRemoteRecordFailed', '', -10311);
  await hears('OnCreateRoomSucc', SNAPSHOT.roomId, SNAPSHOT.rtoken);
});

test('the log keeps the newest lines, oldest first', () => {
  const log = new Log();
  for (let i = 0; i < LINES_MAX + 7; i++) log.add('line', i);
  const lines = log.lines();
  assert.equal(lines.length, LINES_MAX);
  assert.match(lines[0], /line 7$/);
  assert.match(lines.at(-1) ?? '', new RegExp(`line ${LINES_MAX + 6}$`));
});

test('a stream is weak once until it was clear', () => {
  const stream = new WeakStream();
  let bytes = 0;
  let atMs = 0;
  const at = (/** @type {number} */ kbps) => stream.measure((bytes += kbps * 250), (atMs += 2000), { alarm: 20, clear: 25 });
  for (let i = 0; i < 4; i++) assert.equal(at(5), null, 'a stream starts slowly');
  assert.equal(at(30), null);
  assert.equal(at(19), 19_000);
  assert.equal(at(18), null, 'told already');
  assert.equal(at(22), null, 'not clear yet');
  assert.equal(at(18), null);
  assert.equal(at(26), null, 'clear');
  assert.equal(at(10), 10_000);
});

test('candidates of the other protocol are left out', () => {
  const sdp = ['v=0', 'a=candidate:1 1 udp 1 1.1.1.1 1 typ host', 'a=candidate:2 1 TCP 1 1.1.1.1 1 typ host tcptype passive', ''].join('\r\n');
  assert.equal(onlyBy('all', sdp), sdp);
  assert.doesNotMatch(onlyBy('udp', sdp), /candidate:2/);
  assert.match(onlyBy('tcp', sdp), /^v=0\r\na=candidate:2/);
});

test('relay servers of the page stand in for those of the server', () => {
  const me = { bizName: 'biz', subBiz: '', uid: 'alice' };
  const plain = planOf({ auto_publish_subscribe: 4 }, me);
  assert.deepEqual(routeOf(plain, 'udp'), { protocol: 'udp', through: 'all', iceServers: undefined });
  const plan = planOf(
    { auto_publish_subscribe: 4, transport_: 'relay', defaultTurnServer: 'u:p@turn.example:3479?transport=tcp', ice_relay_ip_array: '10.0.0.1; 10.0.0.2' },
    me,
  );
  const of = (/** @type {string} */ host) => ({ urls: `turn:${host}:3479?transport=tcp`, username: 'u', credential: 'p' });
  assert.deepEqual(routeOf(plan, 'all'), { protocol: 'all', through: 'relay', iceServers: ['turn.example', '10.0.0.1', '10.0.0.2'].map(of) });
  assert.deepEqual(turnOf('turns:relay', ''), { urls: 'turns:relay:3478', username: '', credential: '' });
});

test('tagPosition goes as JSON text, under either spelling', () => {
  assert.equal(paramOf(undefined), undefined);
  assert.deepEqual(paramOf({ fps: 5 }), { fps: 5 });
  assert.deepEqual(paramOf({ tagPosition: { a: 1 } }), { tagPosition: '{"a":1}' });
  assert.deepEqual(paramOf(/** @type {any} */ ({ tagPostion: '{"a":1}' })), { tagPosition: '{"a":1}' });
});

test('the script for pages without modules has the same calls and callbacks, 36 and 71', () => {
  const script = readFileSync(new URL('../mcu/mcu.js', import.meta.url), 'utf8');
  const [calls, callbacks] = [...script.matchAll(/= `([^`]*)`;/g)].map(([, names]) => names.trim().split(/\s+/));
  assert.deepEqual(calls, [...CALLS, ...Object.keys(WITHDRAWN)]);
  assert.deepEqual(callbacks, CALLBACKS);
  assert.deepEqual([CALLS.length, CALLBACKS.length], [36, 71]);
});

test('the types declare exactly these calls and callbacks', () => {
  const declared = (/** @type {string} */ file) =>
    [...readFileSync(new URL(`../mcu/${file}`, import.meta.url), 'utf8').matchAll(/^ {2}([A-Z]\w+)\(/gm)].map(([, name]) => name);
  assert.deepEqual(declared('calls.d.ts').sort(), [...CALLS].sort());
  assert.deepEqual(declared('callbacks.d.ts').sort(), [...CALLBACKS].sort());
});

test('the manual has every call, every callback and what they take, as the types say it', () => {
  assert.equal(manual().reference, reference(), 'run: npm run manual');
  for (const name of CALLS) assert.ok(manual().reference.includes(`| \`${name}(`), name);
  for (const name of CALLBACKS) assert.ok(manual().reference.includes(`| \`${name}(`), name);
});
