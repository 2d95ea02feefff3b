import { Emitter } from './emitter.js';
import { ParleyError } from './errors.js';
import { Media } from './media.js';
import { RoomModel } from './model.js';
import { upload } from './upload.js';

/** @import {Connection} from './connection.js' */
/** @import {LinkState, Route} from './link.js' */
/** @import {ModelEvent, ModelEvents} from './model.js' */
/** @import {MediaStats} from './stats.js' */
/** @import {LocalFeed, PublishOptions} from './uplink.js' */
/** @import {DurablePush, EphemeralPush, Feed, Participant, Quality, Request, Requests, Role, SentFile, Snapshot, Wish} from './wire.js' */

/**
 * @typedef {object} TextMessage
 * @property {string} msgId
 * @property {string} from participantId
 * @property {string} uid
 * @property {string} text as typed by a person: never put it into a page as HTML
 * @property {number} sentAtMs
 * @property {string} [clientMsgId] as its sender numbers it
 * @property {number} [clientSentAtMs] by its sender's clock
 */

/** @typedef {{msgId: string, from: string, uid: string, payload: any, sentAtMs: number}} CommandMessage */
/**
 * @typedef {object} FileMessage
 * @property {string} fileId
 * @property {string} from participantId
 * @property {string} uid
 * @property {string} name safe to save it under; as text only, never as HTML
 * @property {string} contentType what the sender says that it is
 * @property {number} bytes
 * @property {string} url saves it, until `expiresAtMs`
 * @property {number} expiresAtMs
 * @property {number} sentAtMs
 */
/** @typedef {{recordId: string, thirdId: string, eventCode: number, message: string, feedId?: string}} RecordingNews eventCode: MRTC section 3.3; 99 = the result is there; feedId: of what concerns one stream */
/** @typedef {{vodId: string, participantId: string, feedId: string, state: 'playing' | 'over' | 'failed', message: string}} PlaybackNews */
/** @typedef {'left' | 'lost' | 'kicked' | 'ended' | 'empty'} OverReason lost: the session is gone or was away too long */

/**
 * @typedef {object} OwnEvents
 * @property {void} changed something of the model has; after the event that says what
 * @property {{feed: Feed, participant: Participant, stream: MediaStream}} stream a feed that was subscribed flows
 * @property {{direction: 'up' | 'down', state: LinkState}} mediaState
 * @property {TextMessage} text
 * @property {FileMessage} file somebody sent a file
 * @property {CommandMessage} command
 * @property {{inviteId: string, uid: string, reply: 0 | 1 | 2}} inviteAnswered 0 accepted, 1 offline or no answer, 2 refused
 * @property {RecordingNews} recording
 * @property {PlaybackNews} playback
 * @property {{participantId: string, feedId: string, level: number}[]} speakers who speaks now, loudest first; level 0 to 127
 * @property {{participantId: string, feedId: string}} dominantSpeaker another person has the floor now: the last who really spoke, not who coughed
 * @property {Quality} quality a feed's network has become weak, or is well again; while it is weak every 10 s
 * @property {{direction: 'up' | 'down', state: string}} transport the relay's view of my own transport
 * @property {{reason: OverReason}} ended the last event
 */

/** @typedef {ModelEvents & OwnEvents} RoomEvents */

/** Nobody publishes it, every room has it. @type {Feed} */
const SPEAKER = { feedId: 'speaker', tag: '', source: 'camera', audio: false, video: true, audioMuted: false, videoMuted: false };

/**
 * A room that I am in: who is there, what they publish, what I send and receive. Get one from Session.join.
 *
 * @extends {Emitter<RoomEvents>}
 */
export class Room extends Emitter {
  model;
  media;
  /** Whether I am out of it. */
  over = false;
  /** The feed of who has the floor; "" while nobody has spoken. */
  dominantFeedId = '';

  #autoSubscribe;
  /** Ends with the room: uploads do too. */
  #ending = new AbortController();
  /** @type {Request} */
  #request;

  /**
   * @param {Connection} connection
   * @param {Snapshot} snapshot
   * @param {{autoSubscribe: boolean, route?: Route}} options
   */
  constructor(connection, snapshot, { autoSubscribe, route }) {
    super();
    this.#request = (type, data, options) => connection.request(type, data, options);
    this.#autoSubscribe = autoSubscribe;
    this.model = new RoomModel(snapshot);
    this.media = new Media(this.#request, snapshot.iceServers ?? [], route);
    this.media.on('stream', ({ feedId, stream }) => {
      const found = this.model.feed(feedId);
      if (found) this.emit('stream', { ...found, stream });
    });
    this.media.on('state', (state) => this.emit('mediaState', state));
    if (autoSubscribe) for (const participant of this.participants) participant.feeds.forEach((feed) => this.#take(participant, feed));
  }

  get roomId() {
    return this.model.roomId;
  }

  /** What others need to join, with the room's id. */
  get rtoken() {
    return this.model.rtoken;
  }

  /** @returns {Participant[]} me among them, in order of joining */
  get participants() {
    return [...this.model.participants.values()];
  }

  /** @returns {Participant | undefined} undefined once I am out */
  get me() {
    return this.model.me;
  }

  /**
   * Publishes a stream. Unpublish or replace its tracks through the feed that it answers.
   *
   * @param {MediaStream} stream
   * @param {PublishOptions} [options]
   * @returns {Promise<LocalFeed>}
   * @throws {ParleyError} FEED_EXISTS, NOT_ALLOWED, NO_NODE, MEDIA_UNAVAILABLE, MEDIA_FAILED
   */
  publish(stream, options) {
    return this.media.publish(stream, options);
  }

  /**
   * Receives feeds. Those asked for at about the same time share one negotiation. The `stream` event tells when each flows.
   *
   * @param {string[]} feedIds
   * @param {{audio?: boolean, video?: boolean} & Wish} [wish] false = without it; and how large the video should be
   * @returns {Promise<MediaStream[]>} in the order asked
   * @throws {ParleyError} FEED_NOT_FOUND, ROOM_LIMIT, MEDIA_UNAVAILABLE, MEDIA_FAILED
   */
  subscribe(feedIds, wish) {
    return Promise.all(
      feedIds.map((feedId) => {
        const found = this.model.feed(feedId);
        return found
          ? this.media.subscribe(found.feed, wish)
          : Promise.reject(new ParleyError(1009, 'FEED_NOT_FOUND', 'There is no such feed in the room; it may have been unpublished.'));
      }),
    );
  }

  /**
   * How the video of received feeds is wanted from now on, such as `{maxHeight: 180}` for a small tile or `{size: 0}` for the smallest there is; what is not named
   * stays as it was. The picture changes at the publisher's next key frame. A publisher that sends one size only goes on as it is.
   *
   * @param {string[]} feedIds
   * @param {Wish} wish
   * @throws {ParleyError} BAD_REQUEST, MEDIA_UNAVAILABLE
   */
  wish(feedIds, wish) {
    return this.media.wish(feedIds, wish);
  }

  /**
   * Limits what I receive of what I have subscribed by who speaks: so many cameras of the last speakers, so many of the loudest voices.
   *
   * @param {{cameras?: number, voices?: number}} most 0 = all; absent = as it was
   * @throws {ParleyError} BAD_REQUEST, MEDIA_UNAVAILABLE
   */
  limit(most) {
    return this.media.limit(most);
  }

  /**
   * Receives one video that always shows who speaks: the camera of whoever spoke last, other than me (the voice-switched stream). Which one it is, the pictures say;
   * who has the floor, `dominantSpeaker`. Nothing is shown before somebody else's camera is there. Ask again with another wish to change that; `unsubscribe(['speaker'])`
   * ends it.
   *
   * @param {Wish} [wish]
   * @returns {Promise<MediaStream>} the same one through all changes
   */
  async watchSpeaker(wish) {
    const stream = await this.media.subscribe(SPEAKER, wish);
    if (wish) await this.media.wish([SPEAKER.feedId], wish);
    return stream;
  }

  /** @param {string[]} feedIds */
  unsubscribe(feedIds) {
    this.media.unsubscribe(feedIds);
  }

  /**
   * Mutes or unmutes a feed for everyone: my own (better through its LocalFeed), or another's as host or cohost.
   *
   * @param {string} feedId
   * @param {{audio?: boolean, video?: boolean}} muted absent = as it is
   * @throws {ParleyError} FEED_NOT_FOUND, NOT_ALLOWED
   */
  async mute(feedId, muted) {
    await this.#request('mute', { feedId, ...muted });
  }

  /**
   * @param {string} text at most 16 KiB
   * @param {string[]} [to] participantIds; empty = all others
   * @param {{clientMsgId?: string, clientSentAtMs?: number}} [own] my own number and time of it, for those who receive it
   * @returns {Promise<{msgId: string, seq: number}>} once it is durable: nobody addressed misses it
   */
  sendText(text, to = [], own = {}) {
    return this.#request('sendText', { text, to, ...own });
  }

  /**
   * Sends a file: uploads it, then tells the others where it is. They get `file`.
   *
   * @param {Blob} file a File too; at most what the server allows (100 MiB by default), not empty
   * @param {object} [options]
   * @param {string[]} [options.to] participantIds; empty = all others
   * @param {string} [options.name] default: the File's own
   * @param {(sentBytes: number, bytes: number) => void} [options.onProgress] while it is uploaded
   * @param {AbortSignal} [options.signal] to stop it
   * @returns {Promise<SentFile>} once the message is durable: nobody addressed misses it
   * @throws {ParleyError} TOO_LARGE, FILE_TYPE_REFUSED, ROOM_LIMIT, NOT_IN_ROOM; UPLOAD_FAILED; CLOSED when it was stopped, or the room is over
   */
  async sendFile(file, { to = [], name = 'name' in file ? String(file.name) : 'file', onProgress, signal } = {}) {
    const { fileId, uploadUrl } = await this.#request('offerFile', { name, contentType: file.type, bytes: file.size });
    const ending = this.#ending.signal;
    await upload(uploadUrl, file, { onProgress, signal: signal ? AbortSignal.any([signal, ending]) : ending });
    return this.#request('sendFile', { fileId, to });
  }

  /**
   * @param {any} payload JSON, at most 64 KiB
   * @param {string[]} [to] participantIds; empty = all others
   * @returns {Promise<{msgId: string, seq: number}>}
   */
  sendCommand(payload, to = []) {
    return this.#request('sendCommand', { payload, to });
  }

  /**
   * @param {Requests['invite']['data']} invitation `timeoutSeconds` 5 to 120, default 30
   * @returns {Promise<{inviteId: string, online: boolean}>} the answer comes as `inviteAnswered`
   */
  invite(invitation) {
    return this.#request('invite', invitation);
  }

  /** @param {string} inviteId */
  async cancelInvite(inviteId) {
    await this.#request('cancelInvite', { inviteId });
  }

  /**
   * @param {Requests['startRecording']['data']} [options] `param`: MRTC recordParam
   * @returns {Promise<string>} recordId; what becomes of it comes as `recording`
   */
  async startRecording(options = {}) {
    return (await this.#request('startRecording', options)).recordId;
  }

  /** @param {string} [recordId] default: the one that runs */
  async stopRecording(recordId = this.model.room.recording) {
    await this.#request('stopRecording', { recordId });
  }

  /**
   * Nothing more is recorded until it is resumed.
   *
   * @param {string} recordId
   * @throws {ParleyError} RECORDING_STATE, RECORDING_NOT_FOUND, NOT_ALLOWED
   */
  async pauseRecording(recordId) {
    await this.#request('pauseRecording', { recordId });
  }

  /**
   * @param {string} recordId
   * @throws {ParleyError} RECORDING_STATE, RECORDING_NOT_FOUND, NOT_ALLOWED
   */
  async resumeRecording(recordId) {
    await this.#request('resumeRecording', { recordId });
  }

  /**
   * Plays a file into the room; a participant of kind `playback` shows it.
   *
   * @param {Requests['startPlayback']['data']} [options] without `file`: the bot's clip
   * @returns {Promise<{vodId: string, participantId: string, feedId: string}>}
   */
  startPlayback(options = {}) {
    return this.#request('startPlayback', options, { timeoutMs: 1000 * (options.timeoutSeconds ?? 5) + 15_000 });
  }

  /** @param {string} vodId */
  async stopPlayback(vodId) {
    await this.#request('stopPlayback', { vodId });
  }

  /** @param {boolean} locked nobody new comes in while it is */
  async lock(locked) {
    await this.#request('lockRoom', { locked });
  }

  /**
   * @param {string} participantId
   * @param {string} [reason]
   */
  async kick(participantId, reason = '') {
    await this.#request('kick', { participantId, reason });
  }

  /**
   * @param {string} participantId
   * @param {Role} role
   */
  async setRole(participantId, role) {
    await this.#request('setRole', { participantId, role });
  }

  /** Ends the room for everyone. Host only. */
  async end() {
    await this.#request('endRoom', {});
  }

  /** Leaves; media stops at once. Safe to repeat. */
  async leave() {
    if (this.over) return;
    this.onOver('left');
    await this.#request('leaveRoom', {});
  }

  /** @returns {Promise<MediaStats>} */
  stats() {
    return this.media.stats();
  }

  /** @param {DurablePush} push */
  onPush(push) {
    if (this.over) return;
    for (const event of this.model.apply(push)) this.#tell(event);
    switch (push.type) {
      case 'text':
      case 'file':
      case 'command':
      case 'inviteAnswered':
      case 'recording':
      case 'playback':
        this.emit(push.type, push.data);
        break;
      case 'mediaMoved':
        this.media.onMoved();
        break;
      case 'roomEnded':
        this.onOver(push.data.reason === 'empty' ? 'empty' : 'ended');
        break;
      case 'participantLeft':
        if (push.data.participantId === this.model.meId) this.onOver(push.data.reason);
        break;
      default:
    }
  }

  /** @param {EphemeralPush} signal */
  onSignal({ type, roomId, data }) {
    if (this.over || (roomId && roomId !== this.roomId)) return;
    if (type === 'speakers') this.#onSpeakers(data);
    else if (type === 'quality') this.emit('quality', data);
    else if (type === 'transport') this.emit('transport', data);
    else if (type === 'encodings') this.media.onEncodings(data).catch(() => {}); // a connection that is being replaced; it is said again
  }

  /** @param {{speakers: {participantId: string, feedId: string, level: number}[], dominantParticipantId: string, dominantFeedId: string}} signal */
  #onSpeakers({ speakers, dominantParticipantId, dominantFeedId }) {
    this.emit('speakers', speakers);
    if (!dominantFeedId || dominantFeedId === this.dominantFeedId) return;
    this.dominantFeedId = dominantFeedId;
    this.emit('dominantSpeaker', { participantId: dominantParticipantId, feedId: dominantFeedId });
  }

  /** @param {Snapshot} snapshot after too long a break */
  onSnapshot(snapshot) {
    for (const event of this.model.reset(snapshot)) this.#tell(event);
  }

  /** @param {OverReason} reason */
  onOver(reason) {
    if (this.over) return;
    this.over = true;
    this.#ending.abort();
    this.media.close();
    this.emit('ended', { reason });
  }

  /** @param {ModelEvent} event */
  #tell({ type, event }) {
    switch (type) {
      case 'feedPublished':
        this.#take(event.participant, event.feed);
        break;
      case 'feedUnpublished':
        this.media.onUnpublished(event.feed.feedId);
        break;
      case 'feedUpdated':
        this.media.onUpdated(event.feed);
        break;
      default:
    }
    this.emit(type, event);
    this.emit('changed', undefined);
  }

  /**
   * @param {Participant} participant
   * @param {Feed} feed
   */
  #take(participant, feed) {
    if (!this.#autoSubscribe || participant.participantId === this.model.meId) return;
    this.media.subscribe(feed).catch(() => {}); // the feed is gone again, or `mediaState` tells
  }
}
