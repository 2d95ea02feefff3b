import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { CAMERA, MICROPHONE } from './fake-browser.js';
import { McuController } from '../mcu/index.js';
import { TIERS } from '../mcu/room-config.js';
import { BrowserPage, CAMERA_AND_MICROPHONE } from './mcu-browser.js';

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

test('devices are listed; a browser without media and one that cannot list them have their codes [MRTC-CB-78]', limit, async () => {
  const { mediaDevices } = page.browser;
  mcu.GetDevices();
  const [info] = await hears('OnGetDevicesSuccess');
  assert.deepEqual(info, { cameras: [{ deviceId: 'cam1', label: 'Camera' }], microphones: [{ deviceId: 'mic1', label: 'Microphone' }], speakers: [] });
  mediaDevices.enumerateDevices = () => Promise.reject(new DOMException('The device service is gone.', 'AbortError'));
  mcu.GetDevices();
  assert.match((await hears('OnGetDevicesFailed', -30102))[1], /device service/);
  Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
  mcu.GetDevices();
  await hears('OnGetDevicesFailed', -30101);
});

test('what a stream cannot be changed to has its code, and what was sent before goes on [MRTC-CB-80]', limit, async () => {
  const { browser } = page;
  await page.joined();
  mcu.ChangeMediaStream({ sid: 1, media_type: 1, publish_device: 1 });
  await hears('OnChangeMediaStreamFailed', 1, -1101);
  const sid = await page.publishes();
  const before = { audio: browser.sent('audio'), video: browser.sent('video') };
  const fails = async (/** @type {number} */ code, config = {}, call = 'ChangeMediaStream') => {
    mcu[call]({ sid, media_type: 1, publish_device: 1, ...config });
    await hears('OnChangeMediaStreamFailed', sid, code);
    for (const kind of /** @type {const} */ (['audio', 'video'])) {
      assert.equal(browser.sent(kind), before[kind], `${code}: ${kind} is sent as before`);
      assert.equal(before[kind].readyState, 'live', `${code}: ${kind} is live`);
      assert.equal(before[kind].enabled, true);
    }
    assert.equal(browser.live.length, 2, `${code}: nothing else stays open`);
  };
  await fails(-1102, { publish_device: 9 });
  await fails(-1102, { aspectRatioStrongDepend: true });
  await fails(-1102, { aspectRatioStrongDepend: true }, 'ChangeProfile');
  await fails(-1103, { media_type: 9 });
  browser.busy.add('cam1');
  await fails(-1106);
  await fails(-1106, { video_profile_type: 1 }, 'ChangeProfile');
  browser.busy.add('mic1');
  await fails(-1104);
  browser.busy.delete('cam1');
  await fails(-1108);
  await fails(-1108, { audioSource: 'gone' }, 'ChangeProfile');
  browser.busy.clear();
  await fails(-1105, { publish_device: 2 }); // the person said no
  browser.screen = async () => browser.screenOf('audio'); // a share without a picture
  await fails(-1105, { publish_device: 2 });
  await fails(-1107, { publish_device: 3, file: new File(['no picture'], 'a.png', { type: 'image/png' }) });
  await fails(-1102, { publish_device: 3 });
  await fails(-1102, { publish_device: 4, part_of_screen_id: 'nowhere' });
  const { getUserMedia } = browser.mediaDevices;
  browser.mediaDevices.getUserMedia = undefined;
  await fails(-1109);
  browser.mediaDevices.getUserMedia = getUserMedia;
  const voice = await page.publishes({ media_type: 2 });
  mcu.ChangeMediaStream({ sid: voice, media_type: 1, publish_device: 1 });
  await hears('OnChangeMediaStreamFailed', voice, -1103); // no picture for who was published without one
  mcu.ChangeMediaStream({ sid, media_type: 1, publish_device: 1 });
  await hears('OnChangeMediaStreamSuccess', sid);
  assert.notEqual(browser.sent('video'), before.video);
  assert.equal(before.video.readyState, 'ended', 'what is not sent any more is free');
});

test('a microphone that is pulled is replaced by another, and one that is plugged in changes nothing [MRTC-REL-15]', limit, async () => {
  const { browser } = page;
  const external = { kind: 'audioinput', deviceId: 'usb', label: 'USB microphone' };
  await page.joined();
  browser.plug(external);
  await page.publishes({ audioSource: 'usb' });
  const pulled = browser.sent('audio');
  assert.equal(pulled.label, 'USB microphone');
  browser.unplug(external);
  await page.until(() => browser.sent('audio')?.label === 'Microphone');
  const sound = browser.sent('audio');
  assert.deepEqual([sound.readyState, sound.enabled], ['live', true]);
  browser.plug(external);
  await page.until(() => true);
  assert.equal(browser.sent('audio'), sound, 'the sound goes on');
  assert.equal(sound.readyState, 'live');
  // The last one: sound is back with the next that comes, and muted when it was muted meanwhile.
  browser.unplug(external);
  browser.unplug(MICROPHONE);
  assert.equal(sound.readyState, 'ended');
  mcu.SetLocalAudioEnable(0, 1);
  browser.plug(external);
  await page.until(() => browser.sent('audio')?.readyState === 'live');
  assert.equal(browser.sent('audio').enabled, false);
  mcu.SetLocalAudioEnable(1, 1);
  assert.equal(browser.sent('audio').enabled, true);
  assert.ok(!page.heard.some(([name]) => name === 'OnMediaClose'), 'the stream was there all the time');
});

test('a camera that is pulled and plugged in again sends again by itself, also when it is back at once [MRTC-REL-06a]', limit, async () => {
  const { browser } = page;
  await page.joined();
  const sid = await page.publishes();
  const sound = browser.sent('audio');
  browser.unplug(CAMERA);
  assert.equal(browser.sent('video').readyState, 'ended');
  await page.until(() => browser.asked.length >= 2); // nothing there
  browser.plug(CAMERA);
  await page.until(() => browser.sent('video')?.readyState === 'live');
  // A loose contact: it is back while the SDK still hears that it is away.
  let answered = () => {};
  browser.opens = new Promise((resolve) => (answered = () => resolve(undefined)));
  browser.unplug(CAMERA);
  const pulled = browser.sent('video');
  browser.plug(CAMERA);
  answered();
  await page.until(() => browser.sent('video') !== pulled && browser.sent('video')?.readyState === 'live');
  assert.equal(browser.sent('audio'), sound, 'the sound was left alone');
  mcu.UnPublish(sid);
  await hears('OnUnPublishSucc', String(sid));
  assert.deepEqual(browser.live, [], 'the devices are free');
  browser.unplug(CAMERA);
  browser.plug(CAMERA);
  assert.deepEqual(browser.live, [], 'and stay free');
});

test('a browser that is too old and a device that does not open are shown to the person, with the reason [MRTC-REL-29]', limit, async () => {
  const { alerts } = page.browser;
  const agent = (/** @type {string} */ userAgent) => {
    Object.assign(navigator, { userAgent });
    new McuController();
    return alerts.splice(0);
  };
  assert.deepEqual(agent('Mozilla/5.0 Chrome/120.0.0.0 Safari/537.36'), []);
  assert.deepEqual(agent('Mozilla/5.0 Chrome/67.0.1 Safari/537.36'), []);
  assert.deepEqual(agent('Mozilla/5.0 Version/17.4 Safari/605.1.15'), [], 'another browser');
  const [old, ...more] = agent('Mozilla/5.0 Chrome/66.0.3359 Safari/537.36');
  assert.match(old, /67/);
  assert.deepEqual(more, []);
  await page.joined();
  page.browser.busy.add('cam1');
  mcu.Publish(CAMERA_AND_MICROPHONE);
  const [, message] = await hears('OnMediaCallFail', 5101);
  assert.equal(alerts.length, 1);
  assert.ok(alerts[0].includes(message) && /in use/.test(message), alerts[0]);
});

test('a camera is asked for its tier, and for exactly the ratio that is to be', limit, async () => {
  const { browser } = page;
  await page.joined();
  for (const [type, { width, height }] of Object.entries(TIERS)) {
    await page.publishes({ media_type: 3, video_profile_type: Number(type), publish_video_id: `v${type}` });
    assert.deepEqual(browser.asked.at(-1), { audio: false, video: { width: { ideal: width }, height: { ideal: height } } }, 'ideal: else the browser chooses');
  }
  for (const [aspectRatio, exact] of /** @type {const} */ ([['1', 4 / 3], ['2', 16 / 9], [1, 4 / 3], [2, 16 / 9]])) {
    await page.publishes({ aspectRatioStrongDepend: true, aspectRatio, publish_video_id: `r${aspectRatio}${typeof aspectRatio}` });
    assert.deepEqual(browser.asked.at(-1).video.aspectRatio, { exact });
  }
  browser.devices = [{ ...CAMERA, ratios: [16 / 9] }, MICROPHONE];
  mcu.Publish({ ...CAMERA_AND_MICROPHONE, aspectRatioStrongDepend: true, aspectRatio: 1 });
  await hears('OnMediaCallFail', 5101);
  mcu.Publish({ ...CAMERA_AND_MICROPHONE, aspectRatioStrongDepend: true });
  assert.match((await hears('OnMediaCallFail', 5101))[1], /aspectRatio/);
});
