import { isSilence, reason, within } from './desk.js';

/** @import {RecordInfo, RecordParam} from './configs.js' */
/** @import {Desk} from './desk.js' */
/** @import {RoomPlan} from './room-config.js' */
/** @import {Room} from '../core/index.js' */

/** Event codes of a recording, MRTC section 3.3. */
const STREAM = 0;
const INITIALISED = 10;
const OVER = 11;
const RESULT = 99;
const STREAM_LOST = 500_301;
const FAILURES = { start: 100_000, running: 100_100, end: 100_200, beyond: 101_000 };
const STATUS = /** @type {const} */ ({ STARTING: 0, RECORDING: 0, PAUSED: 0, COMPOSING: 1, DONE: 2, FAILED: 3 });
/**
 * @typedef {object} Task
 * @property {string} thirdId
 * @property {'starting' | 'running' | 'over'} phase
 * @property {boolean} initialised
 * @property {number} missing streams that must be recorded before the start counts as a success
 * @property {boolean} strong the call depends on it
 */
/** @typedef {{eventCode: number, feedId?: string}} News */

/** Recordings by the server. */
export class RemoteRecording {
  /** @type {Map<string, Task>} that I have started, by recordId */
  #tasks = new Map();
  /** @type {Map<string, News[]>} events that overtook the answer to startRecording */
  #early = new Map();
  #desk;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** @param {Room} room */
  entered(room) {
    room.on('recording', ({ recordId, ...news }) => {
      if (this.#tasks.has(recordId)) this.#onEvent(recordId, news);
      else this.#early.set(recordId, [...(this.#early.get(recordId) ?? []), news]);
    });
  }

  left() {
    this.#tasks.clear();
    this.#early.clear();
  }

  /**
   * @param {string} filePath
   * @param {RecordParam | undefined} param
   * @param {string} thirdId
   * @param {boolean} [strong] the call depends on it
   * @returns {Promise<boolean>} whether the server has taken it
   */
  async start(filePath, param, thirdId, strong = false) {
    const desk = this.#desk;
    const room = desk.room;
    if (!room) {
      desk.tell('OnStartRemoteRecordFailed', '', -10311, 'You are in no room; call CreateRoom or JoinRoom first.', thirdId);
      return false;
    }
    try {
      const asked = room.startRecording({ param: paramOf(param), thirdId, filePath: filePath || undefined });
      const recordId = await within(desk.ms.record, 'startRecording', asked);
      this.#tasks.set(recordId, { thirdId, phase: 'starting', initialised: false, missing: Number(param?.recordTotalStream ?? 0), strong });
      this.#initialised(recordId);
      for (const news of this.#early.get(recordId) ?? []) this.#onEvent(recordId, news);
      this.#early.delete(recordId);
      return true;
    } catch (error) {
      desk.tell('OnStartRemoteRecordFailed', '', isSilence(error) ? -10312 : -10311, reason(error), thirdId);
      return false;
    }
  }

  /** @param {RoomPlan} plan */
  startByPlan({ record }) {
    return record ? this.start(record.filePath, record.param, record.thirdId, record.strong) : Promise.resolve(true);
  }

  /** @param {string} recordId */
  #initialised(recordId) {
    const task = this.#tasks.get(recordId);
    if (!task || task.initialised) return;
    task.initialised = true;
    this.#desk.tell('OnInitRemoteRecordSucc', recordId, task.thirdId);
  }

  /**
   * @param {string} recordId
   * @param {News} news
   */
  #onEvent(recordId, { eventCode, feedId }) {
    const desk = this.#desk;
    const task = /** @type {Task} */ (this.#tasks.get(recordId));
    if (eventCode === STREAM) task.missing--;
    if (eventCode === INITIALISED) this.#initialised(recordId);
    if (eventCode === INITIALISED || eventCode === STREAM) {
      if (task.phase !== 'starting' || task.missing > 0) return;
      task.phase = 'running';
      desk.tell('OnStartRemoteRecordSucc', recordId, task.thirdId);
    } else if (eventCode === STREAM_LOST) {
      this.#streamLost(recordId, task, feedId ?? '');
    } else if (eventCode >= FAILURES.start && eventCode < FAILURES.beyond && task.phase !== 'over') {
      this.#failed(recordId, task, eventCode);
    } else if (eventCode === OVER || eventCode === RESULT) {
      if (task.phase === 'over') return;
      task.phase = 'over';
      desk.tell('OnRemoteRecordOver', recordId);
    }
  }

  /**
   * One stream fails and the others are recorded on.
   *
   * @param {string} recordId
   * @param {Task} task
   * @param {string} feedId
   */
  #streamLost(recordId, task, feedId) {
    const message = 'Nothing comes from this stream any more.';
    if (task.phase === 'starting') this.#desk.tell('OnStartRemoteRecordFailed', recordId, -10313, message, task.thirdId);
    if (task.phase === 'running') this.#desk.tell('OnRemoteRecordingFailed', recordId, feedId, -12481, message);
  }

  /**
   * @param {string} recordId
   * @param {Task} task
   * @param {number} eventCode
   */
  #failed(recordId, task, eventCode) {
    const desk = this.#desk;
    const message = `The recorder reports event ${eventCode}.`;
    const isStart = task.phase === 'starting' && eventCode < FAILURES.running;
    task.phase = 'over';
    if (!isStart) return desk.tell('OnRemoteRecordingFailed', recordId, '', -12482, message);
    desk.tell('OnStartRemoteRecordFailed', recordId, -10314, message, task.thirdId);
    if (task.strong) desk.room?.end().catch((error) => desk.log.add('endRoom', error));
  }

  /** @param {string} recordId */
  async stop(recordId) {
    const desk = this.#desk;
    try {
      if (!desk.room) throw new Error('You are in no room.');
      await desk.room.stopRecording(String(recordId));
      desk.tell('OnStopRemoteRecordSucc', recordId);
    } catch (error) {
      desk.tell('OnStopRemoteRecordFailed', recordId, -10331, reason(error));
    }
  }

  /** @param {string} recordId */
  async pause(recordId) {
    const desk = this.#desk;
    if (!desk.room) return desk.tell('OnPauseRemoteRecordFailed', recordId, -10341, 'You are in no room.');
    try {
      await desk.room.pauseRecording(String(recordId));
      desk.tell('OnPauseRemoteRecordSucc', recordId);
    } catch (error) {
      desk.tell('OnPauseRemoteRecordFailed', recordId, isState(error) ? -10342 : -10343, reason(error));
    }
  }

  /** @param {string} recordId */
  async resume(recordId) {
    const desk = this.#desk;
    if (!desk.room) return desk.tell('OnResumeRemoteRecordFailed', recordId, -10361, 'You are in no room.');
    try {
      await desk.room.resumeRecording(String(recordId));
      desk.tell('OnResumeRemoteRecordSucc', recordId);
    } catch (error) {
      desk.tell('OnResumeRemoteRecordFailed', recordId, isState(error) ? -10362 : -10363, reason(error));
    }
  }

  /**
   * @param {string} recordId
   * @param {string} roomId
   * @param {number} mediaType
   */
  async info(recordId, roomId, mediaType) {
    const desk = this.#desk;
    const fail = (/** @type {number} */ code, /** @type {string} */ message) => desk.tell('OnRemoteRecordInfoFailed', recordId, code, message);
    if (!desk.session) return fail(-10351, 'You are not connected; call Connect first.');
    if (!recordId || !roomId || ![0, 1, 2].includes(mediaType)) return fail(-10353, 'record_id or room_id is missing, or media_type is none of 0, 1, 2.');
    try {
      const signature = await desk.signature(String(recordId));
      if (!signature.signature) return fail(-10353, 'OnGetSign gave no signature of the record_id.');
      const { state, files = [], roomId: ofRoom } = await desk.session.recordingInfo(String(recordId), signature);
      if (ofRoom !== String(roomId)) return fail(-10353, 'The recording is not of this room.');
      /** @type {RecordInfo} */
      const info = { recordId, status: STATUS[state] };
      if (info.status === 2) {
        // Without a picture, or without a sound, the film itself is of that kind.
        const file = files.find((one) => one.mediaType === mediaType) ?? (mediaType === 0 ? files[0] : undefined);
        if (!file) return fail(-10353, `The recording has no file of media_type ${mediaType}.`);
        Object.assign(info, { fileType: file.fileType, filePath: file.path });
      }
      desk.tell('OnRemoteRecordInfoSucc', info);
    } catch (error) {
      fail(-10352, reason(error));
    }
  }
}

/** @param {unknown} error */
function isState(error) {
  return error instanceof Error && ['RECORDING_STATE', 'RECORDING_ENDED', 'RECORDING_NOT_FOUND'].includes(error.name);
}

/**
 * The server takes `tagPosition` as JSON text; earlier pages wrote the name without its second i.
 *
 * @param {(RecordParam & {tagPostion?: RecordParam['tagPosition']}) | undefined} param
 * @returns {object | undefined}
 */
export function paramOf(param) {
  if (!param) return undefined;
  const { tagPostion, ...rest } = param;
  const tagPosition = rest.tagPosition ?? tagPostion;
  return tagPosition === undefined ? rest : { ...rest, tagPosition: typeof tagPosition === 'string' ? tagPosition : JSON.stringify(tagPosition) };
}
