import { BrokenMedia } from './broken-media.js';
import { BrowserRecording } from './browser-recording.js';
import { Desk } from './desk.js';
import { tellDevices, warnOfOldBrowser } from './devices.js';
import { CALLS, WITHDRAWN } from './names.js';
import { addCallbacks } from './notices.js';
import { save } from './page.js';
import { takePicture } from './picture.js';
import { Playback } from './playing.js';
import { Presence, userType } from './presence.js';
import { Publishing } from './publishing.js';
import { RemoteRecording } from './remote-recording.js';
import { Subscribing } from './subscribing.js';
import { WeakNetwork } from './weak-network.js';

/** @import {McuCalls} from './calls.js' */
/** @import {ControllerOptions} from './configs.js' */
/** @import {Room} from '../core/index.js' */

/**
 * The MRTC web SDK's controller, on top of Parley's core: calls are methods, answers come by callbacks that the page overrides (callbacks.d.ts).
 *
 * @implements {McuCalls}
 */
export class McuController {
  #desk;
  #presence;
  #publishing;
  #subscribing;
  #remote;
  #playback;
  #browser;

  /**
   * @param {ControllerOptions} [options]
   * @param {any} [target] has the callbacks, if another object than this
   */
  constructor(options = {}, target = undefined) {
    const desk = (this.#desk = new Desk(target ?? this, options));
    this.#publishing = new Publishing(desk);
    this.#subscribing = new Subscribing(desk);
    this.#remote = new RemoteRecording(desk);
    this.#playback = new Playback(desk);
    this.#browser = new BrowserRecording(desk, this.#publishing, this.#subscribing);
    const broken = new BrokenMedia(desk, { up: () => this.#publishing.onBroken(), down: () => this.#subscribing.onBroken() });
    const weak = new WeakNetwork(desk, this.#publishing, this.#subscribing);
    this.#presence = new Presence(desk, {
      entered: (room) => {
        this.#follow(room);
        for (const part of [this.#remote, this.#playback, broken]) part.entered(room);
        weak.entered();
      },
      left: () => {
        for (const part of [this.#remote, this.#playback, this.#browser, broken, weak]) part.left();
      },
      start: () => this.#start(),
      closeStreams: (code) => {
        this.#publishing.closeAll(code);
        this.#subscribing.closeAll(code);
      },
      prepare: (plan) => this.#publishing.prepare(plan.streams),
      untilPrepared: (ms) => this.#publishing.untilPrepared(ms),
      dropPrepared: () => this.#publishing.dropPrepared(),
      record: (plan) => this.#remote.startByPlan(plan),
    });
    warnOfOldBrowser();
  }

  /** @param {Room} room */
  #follow(room) {
    const desk = this.#desk;
    /** @type {Map<string, string>} publisher's uid by feedId, also when both are gone */
    const owners = new Map();
    for (const { uid, feeds } of room.participants) for (const { feedId } of feeds) owners.set(feedId, uid);
    const news = (/** @type {string} */ feedId) => ({ uid: owners.get(feedId) ?? '', feedId });
    const isMe = (/** @type {string} */ participantId) => participantId === room.model.meId;
    const uidOf = (/** @type {string} */ participantId) => room.model.participants.get(participantId)?.uid ?? '';
    room.on('feedPublished', ({ participant, feed }) => {
      owners.set(feed.feedId, participant.uid);
      if (isMe(participant.participantId)) return;
      const kind = userType(participant);
      // Of people the manual's three fields and no more.
      desk.tell('OnNewPublish', { uid: participant.uid, feedId: feed.feedId, tag: feed.tag, ...(kind !== 0 && { userType: kind }) });
      if (desk.plan?.subscribes) void this.#subscribing.subscribeBySlot(feed.feedId);
    });
    room.on('feedUnpublished', ({ participant, feed }) => {
      if (isMe(participant.participantId)) return this.#publishing.onGone(feed.feedId);
      this.#subscribing.onGone(feed.feedId);
      desk.tell('OnUnPublish', { uid: participant.uid, feedId: feed.feedId });
    });
    room.on('subscribed', ({ participantId, feedId }) => isMe(participantId) || desk.tell('OnNewSubscribe', uidOf(participantId), news(feedId)));
    room.on('unsubscribed', ({ participantId, feedId }) => isMe(participantId) || desk.tell('OnUnSubscribe', uidOf(participantId), news(feedId)));
    room.on('mediaState', ({ direction, state }) => desk.log.add('media', direction, state));
  }

  /** What the plan wants done without a call. */
  #start() {
    const { room, plan } = this.#desk;
    if (!room || !plan) return;
    this.#publishing.publishPrepared();
    if (!plan.subscribes) return;
    for (const { participantId, feeds } of room.participants) {
      if (participantId === room.model.meId) continue;
      for (const { feedId } of feeds) void this.#subscribing.subscribeBySlot(feedId);
    }
  }

  /** @type {McuCalls['Connect']} */
  Connect(config_param) {
    this.#desk.log.add('Connect', { ...config_param });
    void this.#presence.connect(config_param);
  }

  Disconnect() {
    void this.#presence.disconnect();
  }

  /** @type {McuCalls['InitRoomConfig']} */
  InitRoomConfig(config_param) {
    this.#presence.init(config_param);
  }

  CreateRoom() {
    void this.#presence.create();
  }

  /** @type {McuCalls['JoinRoom']} */
  JoinRoom(room_id, rtoken, engine = 0) {
    void this.#presence.join(room_id, rtoken, engine);
  }

  /** @type {McuCalls['Invite']} */
  Invite(invitee, channelType, extra = '') {
    void this.#presence.invite(invitee, channelType, extra);
  }

  /** @type {McuCalls['ReplyInvite']} */
  ReplyInvite(roomId, inviter, reply) {
    void this.#presence.replyInvite(roomId, inviter, reply);
  }

  LeaveRoom() {
    void this.#presence.leave();
  }

  /** @type {McuCalls['Publish']} */
  Publish(config_param) {
    void this.#publishing.publish(config_param);
  }

  /** @type {McuCalls['Subscribe']} */
  Subscribe(config_param) {
    void this.#subscribing.subscribe(config_param);
  }

  /** @type {McuCalls['SetLocalAudioEnable']} */
  SetLocalAudioEnable(enabled, sid) {
    this.#publishing.enable('audio', enabled, sid);
  }

  /** @type {McuCalls['SetLocalVideoEnable']} */
  SetLocalVideoEnable(enabled, sid) {
    this.#publishing.enable('video', enabled, sid);
  }

  /** @type {McuCalls['SetLocalCodecType']} */
  SetLocalCodecType(type) {
    if (['H264', 'VP8'].includes(type)) this.#desk.codec = type;
    else this.#desk.log.add('SetLocalCodecType takes H264 or VP8', type);
  }

  /** @type {McuCalls['SetLocalProtoType']} */
  SetLocalProtoType(type) {
    if (['all', 'tcp', 'udp'].includes(type)) this.#desk.protocol = type;
    else this.#desk.log.add('SetLocalProtoType takes all, tcp or udp', type);
  }

  /** @type {McuCalls['TakePicture']} */
  async TakePicture(type, width, height, sid, picture_type) {
    const wanted = { width, height, type: picture_type };
    if (type === 0) {
      const mine = sid === undefined ? this.#publishing.all[0] : this.#publishing.get(sid);
      return mine?.feed ? takePicture(mine.feed.stream, { ...wanted, videoId: mine.config.publish_video_id }) : null;
    }
    const theirs = sid === undefined ? this.#subscribing.all[0] : this.#subscribing.get(sid);
    const stream = theirs && this.#desk.room?.media.stream(theirs.feedId);
    return stream ? takePicture(stream, { ...wanted, videoId: theirs.config.subscribe_video_id }) : null;
  }

  /** @type {McuCalls['StopRecord']} */
  StopRecord(clientRecordId) {
    this.#browser.stop(clientRecordId);
  }

  /** @type {McuCalls['PauseRecord']} */
  PauseRecord(clientRecordId) {
    this.#browser.pause(clientRecordId);
  }

  /** @type {McuCalls['ResumeRecord']} */
  ResumeRecord(clientRecordId) {
    this.#browser.resume(clientRecordId);
  }

  /** @type {McuCalls['DownloadRecord']} */
  DownloadRecord(clientRecordId, fileName) {
    this.#browser.download(clientRecordId, fileName);
  }

  /** @type {McuCalls['StartRemoteRecord']} */
  StartRemoteRecord(file_path = '', record_param = undefined, record_third_id = '') {
    void this.#remote.start(file_path, record_param, record_third_id);
  }

  /** @type {McuCalls['StopRemoteRecord']} */
  StopRemoteRecord(record_id) {
    void this.#remote.stop(record_id);
  }

  /** @type {McuCalls['GetRecordInfo']} */
  GetRecordInfo(record_id, room_id, media_type = 0) {
    void this.#remote.info(record_id, room_id, media_type);
  }

  /** @type {McuCalls['UnPublish']} */
  UnPublish(sid) {
    void this.#publishing.unpublish(sid);
  }

  /** @type {McuCalls['UnSubscribe']} */
  UnSubscribe(sid) {
    this.#subscribing.unsubscribe(sid);
  }

  /** @type {McuCalls['SendTextMsg']} */
  SendTextMsg(msg, participants = []) {
    this.#presence.sendText(msg, participants);
  }

  /** @type {McuCalls['SetPublishWeakBitrateLimit']} */
  SetPublishWeakBitrateLimit(weak_bitrate) {
    this.#desk.weak.publish = weak_bitrate;
  }

  /** @type {McuCalls['SetSubscribeWeakBitrateLimit']} */
  SetSubscribeWeakBitrateLimit(weak_bitrate) {
    this.#desk.weak.subscribe = weak_bitrate;
  }

  /** @type {McuCalls['StartVod']} */
  StartVod(vodParams) {
    void this.#playback.start(vodParams);
  }

  /** @type {McuCalls['StopVod']} */
  StopVod(vod_id) {
    void this.#playback.stop(vod_id);
  }

  DownloadLog() {
    save(new Blob([this.#desk.log.lines().join('\n')], { type: 'text/plain' }), `mcu-${new Date().toISOString().replaceAll(':', '-')}.log`);
  }

  /** @type {McuCalls['ChangeMediaStream']} */
  ChangeMediaStream(config) {
    void this.#publishing.changeMedia(config);
  }

  /** @type {McuCalls['ChangeProfile']} */
  ChangeProfile(config) {
    void this.#publishing.changeProfile(config);
  }

  GetDevices() {
    void tellDevices(this.#desk);
  }

  /** @type {McuCalls['StartBrowserRecord']} */
  StartBrowserRecord(clientRecordId, stream_list, record_config) {
    this.#browser.start(clientRecordId, stream_list, record_config);
  }

  /** @type {McuCalls['PauseRemoteRecord']} */
  PauseRemoteRecord(record_id) {
    void this.#remote.pause(record_id);
  }

  /** @type {McuCalls['ResumeRemoteRecord']} */
  ResumeRemoteRecord(record_id) {
    void this.#remote.resume(record_id);
  }
}

addCallbacks(/** @type {any} */ (McuController.prototype));
for (const [name, advice] of Object.entries(WITHDRAWN)) {
  /** @type {any} */ (McuController.prototype)[name] = () => console.warn(`McuController.${name} is withdrawn. ${advice}`);
}
for (const name of CALLS) {
  if (typeof McuController.prototype[name] !== 'function') throw new TypeError(`McuController lacks ${name}`);
}
