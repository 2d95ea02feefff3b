import { fileSource } from './file-source.js';
import { regionSource } from './region.js';
import { BadParameter, TIERS, checkSource } from './room-config.js';

/** @import {ChangeProfileConfig, SourceConfig} from './configs.js' */

/** Of `aspectRatio`. */
const RATIOS = Object.freeze({ 1: { width: 4, height: 3 }, 2: { width: 16, height: 9 } });

/** @typedef {'unsupported' | 'video' | 'audio' | 'both' | 'screen' | 'file' | 'noFile' | 'noRegion'} CaptureProblem */

/** A source that does not open. */
export class CaptureError extends Error {
  /**
   * @param {CaptureProblem} problem
   * @param {string} message
   */
  constructor(problem, message) {
    super(message);
    this.problem = problem;
  }
}

/**
 * @typedef {object} Capture
 * @property {MediaStream} stream
 * @property {() => void} close frees the device
 */

/**
 * Opens what the configuration names.
 *
 * @param {SourceConfig} config
 * @returns {Promise<Capture>} with exactly the kinds of `media_type`, as far as the source has them
 * @throws {BadParameter | CaptureError}
 */
export async function open(config) {
  checkSource(config);
  switch (config.publish_device) {
    case 1:
      return camera(config);
    case 2:
      return screen(config);
    case 3:
      if (!config.file) throw new CaptureError('noFile', 'file is missing');
      return only(await fileSource(config.file, sizeOf(config)), config);
    default:
      return region(config);
  }
}

/** @param {SourceConfig} config */
async function camera(config) {
  const devices = media();
  const constraints = constraintsOf(config);
  try {
    return captured(await devices.getUserMedia(constraints));
  } catch (error) {
    throw await blamed(devices, constraints, error);
  }
}

/**
 * The camera or the microphone alone, for what a stream is changed to.
 *
 * @param {Omit<ChangeProfileConfig, 'sid'>} config
 * @param {{audio: boolean, video: boolean}} kinds
 * @returns {Promise<Capture>}
 */
export async function reopen(config, kinds) {
  const devices = media();
  const constraints = { audio: kinds.audio && audioOf(config), video: kinds.video && videoOf(config) };
  try {
    return captured(await devices.getUserMedia(constraints));
  } catch (error) {
    throw await blamed(devices, constraints, error);
  }
}

/**
 * @param {SourceConfig} config
 * @returns {MediaStreamConstraints}
 */
export function constraintsOf(config) {
  return { audio: config.media_type !== 3 && audioOf(config), video: config.media_type !== 2 && videoOf(config) };
}

/** @param {{audioSource?: string}} config */
function audioOf({ audioSource }) {
  return audioSource ? { deviceId: { exact: audioSource } } : true;
}

/**
 * @param {Omit<ChangeProfileConfig, 'sid'>} config
 * @returns {MediaTrackConstraints}
 */
function videoOf(config) {
  const ratio = config.aspectRatioStrongDepend ? RATIOS[String(config.aspectRatio) === '1' ? 1 : 2] : null;
  const { width, height } = ratio ? within(sizeOf(config), ratio) : sizeOf(config);
  /** @type {MediaTrackConstraints} */
  const video = { width: { ideal: width }, height: { ideal: height } };
  if (config.videoSource) video.deviceId = { exact: config.videoSource };
  if (ratio) video.aspectRatio = { exact: ratio.width / ratio.height };
  return video;
}

/**
 * The largest size of the ratio that is not above another one. Asked for a size of another ratio, a browser gives one that is only near the ratio.
 *
 * @param {{width: number, height: number}} most
 * @param {{width: number, height: number}} ratio
 */
function within(most, ratio) {
  const times = Math.max(1, Math.floor(Math.min(most.width / ratio.width, most.height / ratio.height)));
  return { width: ratio.width * times, height: ratio.height * times };
}

/**
 * @param {Partial<ChangeProfileConfig>} config
 * @returns {{width: number, height: number}}
 */
export function sizeOf({ video_profile_type = 3, local_video_width: width, local_video_height: height }) {
  return width && height ? { width, height } : TIERS[video_profile_type];
}

/** @param {SourceConfig} config */
async function screen(config) {
  const devices = media();
  if (!devices.getDisplayMedia) throw new CaptureError('unsupported', 'This browser cannot share a screen.');
  let stream;
  try {
    stream = await devices.getDisplayMedia({ video: true, audio: config.media_type !== 3 });
  } catch (error) {
    throw new CaptureError('screen', said(error));
  }
  if (stream.getVideoTracks().length === 0) throw new CaptureError('screen', 'The browser shared a screen without a picture.');
  if (config.media_type !== 3 && stream.getAudioTracks().length === 0) {
    // A window has no sound of its own; who shares it speaks.
    const microphone = await devices.getUserMedia({ audio: true }).catch(() => null);
    microphone?.getAudioTracks().forEach((track) => stream.addTrack(track));
  }
  return only(captured(stream), config);
}

/** @param {SourceConfig} config */
async function region(config) {
  const element = document.getElementById(config.part_of_screen_id ?? '');
  if (!element) throw new CaptureError('noRegion', `There is no element with the id ${config.part_of_screen_id}.`);
  const capture = regionSource(element);
  if (config.media_type !== 3) {
    const microphone = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => null);
    microphone?.getAudioTracks().forEach((track) => capture.stream.addTrack(track));
  }
  return only(capture, config);
}

/**
 * @param {Capture} capture
 * @param {{media_type: number}} config
 */
function only(capture, { media_type }) {
  const unwanted = media_type === 2 ? capture.stream.getVideoTracks() : media_type === 3 ? capture.stream.getAudioTracks() : [];
  for (const track of unwanted) {
    track.stop();
    capture.stream.removeTrack(track);
  }
  if (capture.stream.getTracks().length > 0) return capture;
  capture.close();
  throw new CaptureError(media_type === 2 ? 'audio' : 'video', 'The source has nothing of that media_type.');
}

/**
 * @param {MediaStream} stream
 * @returns {Capture}
 */
function captured(stream) {
  return { stream, close: () => stream.getTracks().forEach((track) => track.stop()) };
}

function media() {
  const devices = globalThis.navigator?.mediaDevices;
  if (!devices?.getUserMedia) throw new CaptureError('unsupported', 'This browser gives no camera and microphone; is the page served over HTTPS?');
  return devices;
}

/**
 * Which of the two devices does not open.
 *
 * @param {MediaDevices} devices
 * @param {MediaStreamConstraints} wanted
 * @param {unknown} error
 */
async function blamed(devices, { audio, video }, error) {
  if (!audio || !video) return new CaptureError(video ? 'video' : 'audio', said(error));
  /** @param {MediaStreamConstraints} one */
  const opens = (one) =>
    devices.getUserMedia(one).then(
      (stream) => {
        stream.getTracks().forEach((track) => track.stop());
        return true;
      },
      () => false,
    );
  if (!(await opens({ video }))) return new CaptureError((await opens({ audio })) ? 'video' : 'both', said(error));
  return new CaptureError('audio', said(error));
}

/** @param {unknown} error */
function said(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Codes of OnMediaCallFail. */
const CALL_CODES = { unsupported: 5103, video: 5101, audio: 5102, both: 5101, screen: 5105, file: 5106, noFile: 5107, noRegion: 5108 };
/** Codes of OnChangeMediaStreamFailed. */
const CHANGE_CODES = { unsupported: -1109, video: -1106, audio: -1108, both: -1104, screen: -1105, file: -1107, noFile: -1102, noRegion: -1102 };

/**
 * @param {unknown} error of {@link open}
 * @param {SourceConfig} config
 */
export function callCode(error, config) {
  if (error instanceof CaptureError) return CALL_CODES[error.problem];
  return config?.media_type === 2 ? 5102 : 5101;
}

/** @param {unknown} error of {@link open} or {@link reopen} */
export function changeCode(error) {
  if (error instanceof CaptureError) return CHANGE_CODES[error.problem];
  if (error instanceof BadParameter) return error.message.startsWith('media_type') ? -1103 : -1102;
  return -1104;
}
