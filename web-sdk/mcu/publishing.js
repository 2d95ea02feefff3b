import { Code, ParleyError, isWithoutServer, mediaFailed } from '../core/errors.js';
import { callCode, changeCode, open, reopen } from './capture.js';
import { isSilence, reason, within } from './desk.js';
import { healDevices } from './healing.js';
import { label, show } from './page.js';
import { BITRATE_DEFAULT, BadParameter, checkPicture, checkSource } from './room-config.js';
import { analyse } from './volume.js';

/** @import {Capture} from './capture.js' */
/** @import {ChangeMediaConfig, ChangeProfileConfig, PublishConfig} from './configs.js' */
/** @import {Desk} from './desk.js' */
/** @import {LocalFeed, Room} from '../core/index.js' */

/** The core's name of each `publish_device`. */
const SOURCES = /** @type {const} */ ({ 1: 'camera', 2: 'screen', 3: 'file', 4: 'screen' });

/**
 * One stream of mine.
 *
 * @typedef {object} Publication
 * @property {number} sid
 * @property {PublishConfig} config
 * @property {Capture} capture
 * @property {LocalFeed | null} feed null until it is published
 * @property {() => void} [silence] ends its analyser
 * @property {() => void} [unheal]
 */

/** The streams that I publish, by sid. */
export class Publishing {
  /** @type {Map<string, Publication>} */
  #bySid = new Map();
  /** @type {{sid: number, config: PublishConfig, opening: Promise<Publication | null>}[]} opened by InitRoomConfig */
  #prepared = [];
  #desk;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** @param {number | string | undefined} sid */
  get(sid) {
    const found = this.#bySid.get(String(sid));
    return found?.feed ? found : undefined;
  }

  /** @returns {Publication[]} that the others can subscribe */
  get all() {
    return [...this.#bySid.values()].filter(({ feed }) => feed);
  }

  /**
   * Opens the devices of streams that are published as soon as there is a room.
   *
   * @param {PublishConfig[]} configs
   */
  prepare(configs) {
    this.dropPrepared();
    this.#prepared = configs.map((config) => {
      const sid = this.#desk.newSid();
      return { sid, config, opening: this.#open(sid, config) };
    });
  }

  /**
   * @param {number} ms
   * @throws {ParleyError} TIMEOUT
   */
  async untilPrepared(ms) {
    await within(ms, 'camera and microphone', Promise.all(this.#prepared.map(({ opening }) => opening)));
  }

  /** Publishes what was prepared, or what the plan says, when this is not the first room. */
  publishPrepared() {
    const desk = this.#desk;
    if (this.#prepared.length === 0 && desk.plan?.publishes) this.prepare(desk.plan.streams);
    for (const { opening } of this.#prepared.splice(0)) {
      void opening.then((publication) => publication && this.#publish(publication));
    }
  }

  dropPrepared() {
    for (const { opening } of this.#prepared.splice(0)) void opening.then((publication) => publication && this.#free(publication));
  }

  /** @param {PublishConfig} config */
  async publish(config) {
    const desk = this.#desk;
    if (!desk.room) return desk.tell('OnMediaCallFail', 5104, 'You are in no room; call CreateRoom or JoinRoom first.');
    const sid = desk.newSid();
    if (config?.media_type !== 2 && !config?.publish_video_id) {
      return desk.tell('OnPublishFailed', sid, -1072, 'publish_video_id is missing.');
    }
    const publication = await this.#open(sid, config);
    if (publication) await this.#publish(publication);
  }

  /**
   * @param {number} sid
   * @param {PublishConfig} config
   * @returns {Promise<Publication | null>} null when it does not open, which is told
   */
  async #open(sid, config) {
    const desk = this.#desk;
    try {
      const capture = await open(config);
      /** @type {Publication} */
      const publication = { sid, config, capture, feed: null };
      this.#bySid.set(String(sid), publication);
      label(config.publish_streamId_id, sid);
      show(config.publish_video_id, capture.stream, true);
      desk.tell('OnMediaCallSucc', sid);
      return publication;
    } catch (error) {
      const message = reason(error);
      desk.tell('OnMediaCallFail', callCode(error, config), message);
      if (!(error instanceof BadParameter) && config?.publish_device === 1) globalThis.alert?.(`Camera or microphone: ${message}`);
      return null;
    }
  }

  /** @param {Publication} publication */
  async #publish(publication) {
    const { sid, config, capture } = publication;
    const desk = this.#desk;
    const room = desk.room;
    if (!room) {
      this.#close(publication, 5005);
      return desk.tell('OnPublishFailed', sid, -1071, 'You are in no room any more.');
    }
    const asked = room.publish(capture.stream, {
      tag: config.publish_tag ?? '',
      source: SOURCES[config.publish_device],
      maxVideoBitrate: (config.publish_bitrate ?? BITRATE_DEFAULT) * 1000,
      videoCodec: desk.codec,
    });
    try {
      const feed = await within(desk.ms.stream, 'publish', asked);
      await untilConnected(room, 'up', desk.ms.media);
      if (this.#bySid.get(String(sid)) !== publication) return; // closed meanwhile, which was told
      publication.feed = feed;
      this.#follow(publication, feed);
      desk.tell('OnPublishSucc', sid);
    } catch (error) {
      if (this.#bySid.get(String(sid)) !== publication) return;
      const code = publishCode(error);
      this.#close(publication, code === -1074 ? 5004 : 5003);
      asked.then((late) => late.unpublish()).catch(() => {}); // the room may be gone too
      desk.tell('OnPublishFailed', sid, code, reason(error));
    }
  }

  /**
   * @param {Publication} publication
   * @param {LocalFeed} feed
   */
  #follow(publication, feed) {
    const { sid, config } = publication;
    const desk = this.#desk;
    show(config.publish_video_id, feed.stream, true);
    if (config.need_volume_analyser) publication.silence = analyse(desk, sid, feed.stream);
    feed.on('trackEnded', ({ kind }) => {
      // Ended by the browser's own stop button, or the film is gone; a camera that was pulled comes back.
      if (publication.config.publish_device === 1 || this.#bySid.get(String(sid)) !== publication) return;
      if (kind === 'video' || !feed.track('video')) void this.unpublish(sid);
    });
    publication.unheal = healDevices(publication, feed, desk.log);
  }

  /** @param {number | string} sid */
  async unpublish(sid) {
    const publication = this.get(sid);
    const desk = this.#desk;
    if (!publication) return desk.log.add('UnPublish: there is no published stream', String(sid));
    this.#bySid.delete(String(sid));
    this.#free(publication);
    await publication.feed?.unpublish().catch((error) => desk.log.add('unpublish', error));
    desk.tell('OnUnPublishSucc', String(sid));
    desk.tell('OnMediaClose', 5001, publication.sid);
  }

  /**
   * The room's log says that a feed is gone.
   *
   * @param {string} feedId
   */
  onGone(feedId) {
    for (const publication of this.#bySid.values()) if (publication.feed?.feedId === feedId) this.#close(publication, 5002);
  }

  /**
   * I am out of the room.
   *
   * @param {number} code of OnMediaClose
   */
  closeAll(code) {
    for (const publication of [...this.#bySid.values()]) if (!this.#isPrepared(publication)) this.#close(publication, code);
  }

  /** What I publish is not going out any more. */
  onBroken() {
    for (const publication of this.all) {
      this.#close(publication, 5007);
      publication.feed?.unpublish().catch((error) => this.#desk.log.add('unpublish', error));
    }
  }

  /** @param {Publication} publication */
  #isPrepared(publication) {
    return this.#prepared.some(({ sid }) => sid === publication.sid);
  }

  /**
   * @param {Publication} publication
   * @param {number} code
   */
  #close(publication, code) {
    this.#bySid.delete(String(publication.sid));
    this.#free(publication);
    this.#desk.tell('OnMediaClose', code, publication.sid);
  }

  /** @param {Publication} publication */
  #free(publication) {
    this.#bySid.delete(String(publication.sid));
    publication.unheal?.();
    publication.silence?.();
    publication.capture.close();
    publication.feed?.stream.getTracks().forEach((track) => track.stop());
    show(publication.config.publish_video_id, null, true);
  }

  /**
   * @param {'audio' | 'video'} kind
   * @param {unknown} enabled
   * @param {number | string} sid
   */
  enable(kind, enabled, sid) {
    const feed = this.get(sid)?.feed;
    if (!feed) return this.#desk.log.add('there is no published stream', String(sid));
    feed.mute({ [kind]: Number(enabled) === 0 }).catch((error) => this.#desk.log.add('mute', error));
  }

  /** @param {ChangeMediaConfig} config */
  async changeMedia(config) {
    const publication = this.get(config?.sid);
    if (!publication) return this.#notPublished(config?.sid);
    try {
      checkSource(config);
      for (const [kind, needless] of /** @type {const} */ ([['audio', 3], ['video', 2]])) {
        if (config.media_type !== needless && !publication.feed?.kinds.includes(kind)) {
          throw new BadParameter(`media_type needs ${kind}, which the stream was not published with`);
        }
      }
      const capture = await open(config);
      await this.#replace(publication, capture, ['audio', 'video']);
      const { sid: _, ...source } = config;
      publication.config = { ...publication.config, ...source };
      publication.feed?.limitVideo((config.publish_bitrate ?? BITRATE_DEFAULT) * 1000);
      this.#desk.tell('OnChangeMediaStreamSuccess', publication.sid);
    } catch (error) {
      this.#desk.tell('OnChangeMediaStreamFailed', publication.sid, changeCode(error), reason(error));
    }
  }

  /** @param {ChangeProfileConfig} config */
  async changeProfile(config) {
    const publication = this.get(config?.sid);
    if (!publication) return this.#notPublished(config?.sid);
    try {
      checkPicture(config);
      if (publication.config.publish_device !== 1) throw new BadParameter('only a stream that shows a camera has a profile');
      const { sid: _, ...profile } = config;
      const merged = { ...publication.config, ...profile };
      const has = (/** @type {'audio' | 'video'} */ kind) => publication.feed?.kinds.includes(kind) ?? false;
      const size = config.video_profile_type ?? config.local_video_width ?? config.videoSource ?? config.aspectRatioStrongDepend;
      const kinds = { audio: has('audio') && config.audioSource !== undefined, video: has('video') && size !== undefined };
      if (!kinds.audio && !kinds.video) throw new BadParameter('nothing is to be changed');
      const capture = await reopen(merged, kinds);
      await this.#replace(publication, capture, /** @type {const} */ (['audio', 'video']).filter((kind) => kinds[kind]));
      publication.config = merged;
      this.#desk.tell('OnChangeMediaStreamSuccess', publication.sid);
    } catch (error) {
      this.#desk.tell('OnChangeMediaStreamFailed', publication.sid, changeCode(error), reason(error));
    }
  }

  /** @param {number | string | undefined} sid */
  #notPublished(sid) {
    this.#desk.tell('OnChangeMediaStreamFailed', Number(sid), -1101, 'There is no published stream with this sid.');
  }

  /**
   * The new source goes on air before the old one is freed.
   *
   * @param {Publication} publication
   * @param {Capture} capture
   * @param {readonly ('audio' | 'video')[]} kinds that it stands for; one that it has not falls silent
   */
  async #replace(publication, capture, kinds) {
    const feed = /** @type {LocalFeed} */ (publication.feed);
    const before = publication.capture;
    for (const kind of feed.kinds) {
      if (!kinds.includes(kind)) continue;
      const [track = null] = kind === 'audio' ? capture.stream.getAudioTracks() : capture.stream.getVideoTracks();
      const old = feed.track(kind);
      await feed.replaceTrack(kind, track);
      old?.stop();
    }
    const whole = kinds.length === 2;
    if (whole) before.close();
    publication.capture = {
      stream: feed.stream,
      close() {
        capture.close();
        if (!whole) before.close();
      },
    };
    show(publication.config.publish_video_id, feed.stream, true);
  }
}

/** @param {unknown} error */
function publishCode(error) {
  if (!(error instanceof ParleyError)) return -1071;
  if (error.name === 'ROOM_LIMIT') return -1073;
  return error.code === Code.MEDIA_FAILED || isSilence(error) || isWithoutServer(error) ? -1074 : -1071;
}

/**
 * @param {Room} room
 * @param {'up' | 'down'} direction
 * @param {number} ms
 * @throws {ParleyError} MEDIA_FAILED
 */
export async function untilConnected(room, direction, ms) {
  if (room.media.state[direction] === 'connected') return;
  /** @type {() => void} */
  let off = () => {};
  const connected = new Promise((resolve) => {
    off = room.on('mediaState', (event) => event.direction === direction && event.state === 'connected' && resolve(undefined));
  });
  try {
    await within(ms, 'the media connection', connected);
  } catch {
    throw mediaFailed('There is no media connection to the server; a firewall may be in the way.');
  } finally {
    off();
  }
}
