import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
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

/** @type {BrowserPage['hears']} */
const hears = (...args) => page.hears(...args);

const leave = async () => {
  mcu.LeaveRoom();
  await page.heardOf('OnLeaveRoom');
};

test('stopping a browser recording outside a room is -20331, and returns at once when none runs [MRTC-CB-70]', limit, async () => {
  mcu.StopRecord('r');
  await hears('OnClientStopRecordFailed', 'r', -20331);
  await page.joined();
  mcu.StopRecord('r');
  const sid = await page.publishes();
  mcu.StartBrowserRecord('r', [sid], { media_type: 1 });
  await hears('OnClientStartRecordSuccess', 'r');
  mcu.StopRecord('r');
  await hears('OnClientRecordBlob', 'r');
  const [url, blob, id] = await hears('OnClientStopRecordSuccess');
  assert.equal(id, 'r');
  assert.match(url, /^blob:/);
  assert.equal(await blob.text(), 'film');
  mcu.StartBrowserRecord('s', [sid], { media_type: 1 });
  await hears('OnClientStartRecordSuccess', 's');
  await leave();
  mcu.StopRecord('s');
  await hears('OnClientStopRecordFailed', 's', -20331);
});

test('leaving the room destroys what browser recording has: the next call starts clean [MRTC-REL-24]', limit, async () => {
  const { browser } = page;
  await page.joined();
  let sid = await page.publishes();
  mcu.StartBrowserRecord('done', [sid], { media_type: 1 });
  await hears('OnClientStartRecordSuccess', 'done');
  mcu.StopRecord('done');
  await page.heardOf('OnClientStopRecordSuccess');
  mcu.StartBrowserRecord('runs', [sid], { media_type: 1 });
  await hears('OnClientStartRecordSuccess', 'runs');
  const tracks = browser.recorders.flatMap(({ stream }) => stream.getVideoTracks());
  assert.deepEqual(tracks.map(({ readyState }) => readyState), ['ended', 'live']);
  await leave();
  assert.deepEqual(browser.recorders.map(({ state }) => state), ['inactive', 'inactive']);
  assert.deepEqual(tracks.map(({ readyState }) => readyState), ['ended', 'ended']);
  const heard = page.heard.length;

  mcu.JoinRoom(SNAPSHOT.roomId, SNAPSHOT.rtoken);
  await page.heardOf('OnRoomAttendanceList');
  sid = await page.publishes();
  assert.ok(!page.heard.slice(heard).some(([name]) => name.startsWith('OnClient')), 'nothing of the recording that was cut is told');
  for (const id of ['done', 'runs']) {
    mcu.DownloadRecord(id, 'a.webm');
    await hears('OnClientDownloadRecordFailed', id, -20352);
    mcu.PauseRecord(id);
    await hears('OnClientPauseRecordFailed', id, -20372);
  }
  mcu.StartBrowserRecord('runs', [sid], { media_type: 1 }); // the id is free, and no recording is in the way
  await hears('OnClientStartRecordSuccess', 'runs');
  mcu.StopRecord('runs');
  await page.heardOf('OnClientStopRecordSuccess');
  mcu.DownloadRecord('runs', 'a.webm');
  await hears('OnClientDownloadRecordSuccess', 'runs');
  assert.deepEqual(browser.downloads.map(({ name }) => name), ['a.webm']);
});
