import { fit } from './file-source.js';
import { save } from './page.js';

/** @import {BrowserRecordConfig} from './configs.js' */
/** @import {Desk} from './desk.js' */
/** @import {Publishing} from './publishing.js' */
/** @import {Subscribing} from './subscribing.js' */

const STREAMS_MAX = 4;
const FPS = 15;
const TIME_SLICE_MINUTES = 30;
/** One picture of the recording, pixels, and the white line between two. */
const TILE = { width: 640, height: 360 };
const BORDER = 4;

/**
 * @typedef {object} Recording
 * @property {MediaRecorder} recorder
 * @property {Blob[]} blobs
 * @property {Blob | null} result once it is stopped
 * @property {() => void} close
 */

/** Recordings in the browser, one at a time; what was recorded is forgotten when the room is left. */
export class BrowserRecording {
  /** @type {Map<string, Recording>} of this room, by clientRecordId */
  #recordings = new Map();
  #desk;
  #publishing;
  #subscribing;

  /**
   * @param {Desk} desk
   * @param {Publishing} publishing
   * @param {Subscribing} subscribing
   */
  constructor(desk, publishing, subscribing) {
    this.#desk = desk;
    this.#publishing = publishing;
    this.#subscribing = subscribing;
  }

  left() {
    for (const { recorder, close } of this.#recordings.values()) {
      recorder.ondataavailable = recorder.onstop = null;
      if (recorder.state !== 'inactive') recorder.stop();
      close();
    }
    this.#recordings.clear();
  }

  /**
   * @param {string} id
   * @param {(number | string)[]} sids
   * @param {BrowserRecordConfig} config
   */
  start(id, sids, config) {
    const desk = this.#desk;
    const fail = (/** @type {number} */ code, /** @type {string} */ message) => desk.tell('OnClientStartRecordFailed', id, code, message);
    if (!desk.room) return fail(-20301, 'You are in no room; call CreateRoom or JoinRoom first.');
    if ([...this.#recordings.values()].some(({ result }) => !result)) return fail(-20302, 'A recording runs; stop it first.');
    if (!id || this.#recordings.has(id)) return fail(-20303, 'clientRecordId is empty or was used before.');
    if (![1, 2, 3].includes(config?.media_type)) return fail(-20305, 'media_type is none of 1, 2, 3.');
    const streams = this.#streams([sids ?? []].flat(), config.record_type ?? 1);
    if (streams.length === 0) return fail(-20304, 'None of these streams is published or received, or they are files that are played.');
    if (streams.length > STREAMS_MAX) return fail(-20304, `More than ${STREAMS_MAX} streams.`);
    try {
      this.#recordings.set(id, this.#record(id, streams, config));
      desk.tell('OnClientStartRecordSuccess', id);
    } catch (error) {
      fail(-20301, `The browser cannot record: ${error instanceof Error ? error.message : error}`);
    }
  }

  /**
   * @param {(number | string)[]} sids
   * @param {number} type 1 all, 2 mine, 3 of others
   * @returns {MediaStream[]}
   */
  #streams(sids, type) {
    const room = this.#desk.room;
    return sids.flatMap((sid) => {
      const mine = type === 3 ? undefined : this.#publishing.get(sid)?.feed?.stream;
      if (mine) return mine;
      const feedId = type === 2 ? undefined : this.#subscribing.get(sid)?.feedId;
      if (!feedId || room?.model.feed(feedId)?.participant.kind === 'playback') return [];
      return room?.media.stream(feedId) ?? [];
    });
  }

  /**
   * @param {string} id
   * @param {MediaStream[]} streams
   * @param {BrowserRecordConfig} config
   * @returns {Recording}
   */
  #record(id, streams, config) {
    const tracks = /** @type {MediaStreamTrack[]} */ ([]);
    const closers = /** @type {(() => void)[]} */ ([]);
    if (config.media_type !== 2) {
      const { track, close } = composed(streams, config.video_profile?.frameRate ?? FPS);
      tracks.push(track);
      closers.push(close);
    }
    if (config.media_type !== 3) {
      const { track, close } = mixed(streams);
      tracks.push(track);
      closers.push(close);
    }
    const recorder = new MediaRecorder(new MediaStream(tracks), { mimeType: typeOf(config) });
    /** @type {Recording} */
    const recording = { recorder, blobs: [], result: null, close: () => closers.splice(0).forEach((close) => close()) };
    recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return;
      recording.blobs.push(data);
      this.#desk.tell('OnClientRecordBlob', id, data);
    };
    recorder.start((config.time_slice ?? TIME_SLICE_MINUTES) * 60_000);
    return recording;
  }

  /** @param {string} id */
  stop(id) {
    const desk = this.#desk;
    if (!desk.room) return desk.tell('OnClientStopRecordFailed', id, -20331, 'You are in no room.');
    const recording = this.#recordings.get(id);
    if (!recording || recording.recorder.state === 'inactive') return;
    recording.recorder.onstop = () => {
      recording.close();
      recording.result = new Blob(recording.blobs, { type: recording.recorder.mimeType });
      desk.tell('OnClientStopRecordSuccess', URL.createObjectURL(recording.result), recording.result, id, undefined);
    };
    recording.recorder.stop();
  }

  /** @param {string} id */
  pause(id) {
    const desk = this.#desk;
    if (!desk.room) return desk.tell('OnClientPauseRecordFailed', id, -20371, 'You are in no room.');
    const recorder = this.#recordings.get(id)?.recorder;
    if (recorder?.state !== 'recording') return desk.tell('OnClientPauseRecordFailed', id, -20372, 'It is not recording.');
    recorder.pause();
    desk.tell('OnClientPauseRecordSuccess', id);
  }

  /** @param {string} id */
  resume(id) {
    const desk = this.#desk;
    if (!desk.room) return desk.tell('OnClientResumeRecordFailed', id, -20391, 'You are in no room.');
    const recorder = this.#recordings.get(id)?.recorder;
    if (recorder?.state !== 'paused') return desk.tell('OnClientResumeRecordFailed', id, -20392, 'It is not paused.');
    recorder.resume();
    desk.tell('OnClientResumeRecordSuccess', id);
  }

  /**
   * @param {string} id
   * @param {string} name of the file
   */
  download(id, name) {
    const desk = this.#desk;
    const fail = (/** @type {number} */ code, /** @type {string} */ message) => desk.tell('OnClientDownloadRecordFailed', id, code, message);
    if (!desk.room) return fail(-20351, 'You are in no room.');
    const recording = this.#recordings.get(id);
    if (!recording) return fail(-20352, 'It was never started.');
    if (!recording.result) return fail(-20353, 'It is not stopped; call StopRecord first.');
    save(recording.result, name || `${id}.webm`);
    desk.tell('OnClientDownloadRecordSuccess', id);
  }
}

/**
 * The pictures side by side, two in a row, with white lines between them, each whole in its tile.
 *
 * @param {MediaStream[]} streams
 * @param {number} fps
 */
function composed(streams, fps) {
  const columns = streams.length > 1 ? 2 : 1;
  const rows = Math.ceil(streams.length / columns);
  const canvas = Object.assign(document.createElement('canvas'), {
    width: columns * TILE.width + (columns - 1) * BORDER,
    height: rows * TILE.height + (rows - 1) * BORDER,
  });
  const tile = Object.assign(document.createElement('canvas'), TILE);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const tileContext = /** @type {CanvasRenderingContext2D} */ (tile.getContext('2d'));
  const videos = streams.map((stream) => {
    const video = document.createElement('video');
    Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
    video.play().catch(() => {});
    return video;
  });
  const paint = () => {
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    videos.forEach((video, i) => {
      fit(tile, tileContext, video, { width: video.videoWidth || TILE.width, height: video.videoHeight || TILE.height });
      context.drawImage(tile, (i % columns) * (TILE.width + BORDER), Math.floor(i / columns) * (TILE.height + BORDER));
    });
  };
  paint();
  const timer = setInterval(paint, 1000 / fps);
  const [track] = canvas.captureStream(fps).getVideoTracks();
  return {
    track,
    close() {
      clearInterval(timer);
      track.stop();
      for (const video of videos) video.srcObject = null;
    },
  };
}

/** @param {MediaStream[]} streams */
function mixed(streams) {
  const audio = new AudioContext();
  const sink = audio.createMediaStreamDestination();
  for (const stream of streams) if (stream.getAudioTracks().length > 0) audio.createMediaStreamSource(stream).connect(sink);
  const [track] = sink.stream.getAudioTracks();
  return { track, close: () => void audio.close() };
}

/** @param {BrowserRecordConfig} config */
function typeOf({ media_type, video_profile }) {
  if (media_type === 2) return 'audio/webm;codecs=opus';
  const wanted = video_profile?.videoCodec ?? 'vp8';
  const type = `video/webm;codecs=${wanted}${media_type === 1 ? ',opus' : ''}`;
  return MediaRecorder.isTypeSupported(type) ? type : 'video/webm';
}
