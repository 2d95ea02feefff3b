/** @import {DevicesInfo} from './configs.js' */
/** @import {Desk} from './desk.js' */

/** @param {Desk} desk */
export async function tellDevices(desk) {
  const devices = globalThis.navigator?.mediaDevices;
  if (!devices?.enumerateDevices) return desk.tell('OnGetDevicesFailed', -30101, 'This browser gives no camera and microphone; is the page served over HTTPS?');
  try {
    const all = await devices.enumerateDevices();
    const of = (/** @type {MediaDeviceKind} */ wanted) => all.filter(({ kind }) => kind === wanted).map(({ deviceId, label }) => ({ deviceId, label }));
    /** @type {DevicesInfo} */
    const info = { cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') };
    desk.tell('OnGetDevicesSuccess', info);
  } catch (error) {
    desk.tell('OnGetDevicesFailed', -30102, error instanceof Error ? error.message : String(error));
  }
}

const CHROME_LEAST = 67;

/** Tells the person once that the browser is too old. */
export function warnOfOldBrowser() {
  const version = Number(/Chrom(?:e|ium)\/(\d+)/.exec(globalThis.navigator?.userAgent ?? '')?.[1] ?? CHROME_LEAST);
  if (version < CHROME_LEAST) globalThis.alert?.(`This page needs Chrome ${CHROME_LEAST} or newer.`);
}
