import { connect } from '../core/index.js';
import { isSilence, reason, within } from './desk.js';
import { planOf, routeOf } from './room-config.js';

/** @import {Attendant, ConnectConfig, InitRoomConfig} from './configs.js' */
/** @import {Desk} from './desk.js' */
/** @import {Participant} from '../core/wire.js' */
/** @import {Room} from '../core/index.js' */
/** @import {Invitation} from '../core/session.js' */
/** @import {RoomPlan} from './room-config.js' */

/** An invitation that nobody answers is over, seconds. */
const INVITATION_SECONDS = 60;
const UID = /^[A-Za-z0-9_]{1,128}$/;
/** `userType` of a virtual member that plays a file. */
const PLAYER = 101;

/**
 * What presence asks of the other parts.
 *
 * @typedef {object} Parts
 * @property {(room: Room) => void} entered wires a room that I am in
 * @property {() => void} start publishes and subscribes by itself, as the plan says
 * @property {(code: number) => void} closeStreams
 * @property {() => void} left
 * @property {(plan: RoomPlan) => void} prepare opens devices
 * @property {(ms: number) => Promise<void>} untilPrepared
 * @property {() => void} dropPrepared
 * @property {(plan: RoomPlan) => Promise<boolean>} record from the start; false: the server refuses
 */

/** Connection, room, invitations. */
export class Presence {
  #desk;
  #parts;
  /** @type {Map<string, Invitation>} open ones, by inviteId */
  #invitations = new Map();
  /** @type {{unwanted: boolean} | null} a Connect that is under way; unwanted: Disconnect was called */
  #connecting = null;
  /** @type {{unwanted: boolean} | null} a CreateRoom or JoinRoom that is under way; unwanted: LeaveRoom was called */
  #entering = null;
  #nextMsgId = 1;
  /** Invitations that were sent at once are told in order. */
  #sending = Promise.resolve();

  /**
   * @param {Desk} desk
   * @param {Parts} parts
   */
  constructor(desk, parts) {
    this.#desk = desk;
    this.#parts = parts;
  }

  /** @param {ConnectConfig} config */
  async connect(config) {
    const desk = this.#desk;
    const fail = (/** @type {number} */ code, /** @type {string} */ message) => desk.tell('OnConnectFailed', code, message);
    if (this.#connecting || desk.session) return fail(-102, 'You are connected, or about to be.');
    const { uid, room_server_url: url, biz_name: bizName, sub_biz: subBiz = '' } = config ?? {};
    if (!UID.test(String(uid ?? ''))) return fail(-102, 'uid is not 1 to 128 letters, digits and underscores.');
    if (!url || !bizName) return fail(-102, 'room_server_url or biz_name is missing.');
    desk.me = { bizName, subBiz, uid: String(uid) };
    const attempt = (this.#connecting = { unwanted: false });
    try {
      const sign = async () => {
        const signature = await desk.signature(desk.me.uid);
        if (!signature.signature) throw new Error('OnGetSign gave no signature: override it.');
        return signature;
      };
      // Asked before the socket is opened, so that a page that gives none hears of it at once.
      const first = sign();
      let used = false;
      await first;
      const session = await connect({
        url,
        sign: () => {
          const next = used ? sign() : first;
          used = true;
          return next;
        },
        displayName: desk.me.uid,
        connectTimeoutMs: desk.ms.connect,
        WebSocket: desk.WebSocket,
      });
      if (attempt.unwanted) {
        session.close();
        return fail(-102, 'Disconnect was called meanwhile.');
      }
      this.#follow(session);
      desk.tell('OnConnectOK');
    } catch (error) {
      fail(isSilence(error) ? -101 : -102, reason(error));
    } finally {
      this.#connecting = null;
    }
  }

  /** @param {NonNullable<Desk['session']>} session */
  #follow(session) {
    const desk = this.#desk;
    desk.session = session;
    session.on('state', (state) => desk.log.add('connection', state));
    session.on('fault', (fault) => desk.log.add('fault', fault));
    session.on('invited', (invitation) => {
      if (this.#invitations.has(invitation.inviteId)) return; // shown again after a break
      this.#invitations.set(invitation.inviteId, invitation);
      const { roomId, rtoken, inviterUid, extra } = invitation;
      desk.tell('OnInviteRequest', roomId, rtoken, inviterUid, typeof extra === 'string' ? extra : JSON.stringify(extra ?? ''));
    });
    session.on('inviteCancelled', ({ inviteId }) => this.#invitations.delete(inviteId));
    session.on('ended', ({ reason: why }) => {
      if (desk.session !== session) return;
      desk.log.add('connection ended', why);
      desk.session = null;
      this.#invitations.clear();
      this.#parts.dropPrepared();
      desk.tell('OnConnectClose');
    });
  }

  async disconnect() {
    const desk = this.#desk;
    if (this.#connecting) this.#connecting.unwanted = true;
    await this.leave(false);
    const session = desk.session;
    if (!session) return desk.tell('OnConnectClose');
    session.close(); // tells of itself
  }

  /** @param {InitRoomConfig} config */
  init(config) {
    const desk = this.#desk;
    if (!desk.session || desk.room || this.#entering) {
      return desk.tell('OnInitRoomConfigFail', -201, desk.session ? 'You are in a room; leave it first.' : 'You are not connected; call Connect first.');
    }
    try {
      desk.plan = planOf(config, desk.me);
    } catch (error) {
      return desk.tell('OnInitRoomConfigFail', -202, reason(error)); // also what is of another type than it should be
    }
    desk.tell('OnInitRoomConfigOK');
    this.#parts.prepare(desk.plan);
  }

  async create() {
    const desk = this.#desk;
    const { session, plan } = desk;
    const fail = (/** @type {number} */ code, /** @type {string} */ message) => desk.tell('OnCreateRoomFailed', code, message);
    if (!session || !plan || desk.room || this.#entering) return fail(-301, 'Call InitRoomConfig first, once per room.');
    if (plan.isLive) return fail(-302, 'This server has no live mode (publish_type 3).');
    const attempt = (this.#entering = { unwanted: false });
    try {
      await this.#parts.untilPrepared(desk.ms.media);
    } catch (error) {
      this.#entering = null;
      return fail(-304, reason(error));
    }
    try {
      const made = await within(desk.ms.create, 'createRoom', session.createRoom({ name: plan.thirdId || undefined, endWhenEmpty: true }));
      const room = await this.#entered(session, { ...made, ...this.#entry(plan) }, desk.ms.create, attempt);
      this.#enter(room);
      if (plan.record && !(await this.#parts.record(plan)) && plan.record.strong) {
        desk.room = null;
        this.#parts.closeStreams(5002);
        this.#parts.left();
        await room.end().catch(() => {}); // others may be in it by now
        await room.leave().catch(() => {}); // it is over
        return fail(-302, 'The server cannot record, and recordStrongDepend is set.');
      }
      desk.tell('OnCreateRoomSucc', made.roomId, made.rtoken);
      this.#parts.start();
    } catch (error) {
      fail(isSilence(error) ? -303 : -302, reason(error));
    } finally {
      this.#entering = null;
    }
  }

  /**
   * @param {string} roomId
   * @param {string} rtoken
   * @param {number} engine
   */
  async join(roomId, rtoken, engine) {
    const desk = this.#desk;
    const { session, plan } = desk;
    const fail = (/** @type {number} */ code, /** @type {string} */ message) => desk.tell('OnJoinRoomFailed', code, message);
    if (!session || !plan || desk.room || this.#entering) return fail(-401, 'Call InitRoomConfig first, once per room.');
    if (!roomId || !rtoken || ![0, 1].includes(engine)) return fail(-402, 'room_id or rtoken is missing, or engine is neither 0 nor 1.');
    const attempt = (this.#entering = { unwanted: false });
    try {
      const entry = { roomId: String(roomId), rtoken: String(rtoken), ...this.#entry(plan) };
      const room = await this.#entered(session, entry, desk.ms.join, attempt);
      this.#enter(room);
      desk.tell('OnJoinRoomSucc');
      desk.tell('OnRoomAttendanceList', attendance(room));
      this.#parts.start();
    } catch (error) {
      fail(isSilence(error) ? -404 : -403, reason(error));
    } finally {
      this.#entering = null;
    }
  }

  /**
   * @param {NonNullable<Desk['session']>} session
   * @param {import('../core/session.js').JoinOptions} entry
   * @param {number} ms
   * @param {{unwanted: boolean}} attempt
   * @returns {Promise<Room>} which I do not stay in when it comes too late, or is not wanted any more
   */
  async #entered(session, entry, ms, attempt) {
    const asked = session.join(entry);
    try {
      const room = await within(ms, 'joinRoom', asked);
      if (attempt.unwanted) throw new Error('LeaveRoom was called meanwhile.');
      return room;
    } catch (error) {
      asked.then((late) => late.leave()).catch((why) => this.#desk.log.add('leaveRoom', why));
      throw error;
    }
  }

  /** @param {RoomPlan} plan */
  #entry(plan) {
    const browser = globalThis.navigator?.userAgent ?? '';
    return { extra: { browser, thirdId: plan.thirdId }, autoSubscribe: false, route: routeOf(plan, this.#desk.protocol) };
  }

  /** @param {Room} room */
  #enter(room) {
    const desk = this.#desk;
    desk.room = room;
    room.on('participantJoined', ({ participant }) => desk.tell('OnNewJoinerIn', participant.uid));
    room.on('participantLeft', ({ participant, reason: why }) => {
      if (participant.participantId !== room.model.meId) desk.tell('OnParticipantLeaveRoom', participant.uid, why === 'lost' ? 2 : 1);
    });
    room.on('text', ({ uid, text }) => desk.tell('OnReceiveTextMsg', uid, text));
    room.on('inviteAnswered', ({ uid, reply }) => desk.tell('OnInviteReply', uid, reply));
    room.on('ended', ({ reason: why }) => {
      if (desk.room !== room) return; // by leave()
      desk.log.add('room over', why);
      desk.room = null;
      this.#parts.closeStreams(5002);
      this.#parts.left();
      desk.tell('OnLeaveRoom', 2);
    });
    this.#parts.entered(room);
  }

  /** @param {boolean} asked by LeaveRoom, which is answered in any state */
  async leave(asked = true) {
    const desk = this.#desk;
    const room = desk.room;
    if (!room) {
      if (this.#entering) this.#entering.unwanted = true;
      if (asked) desk.tell('OnLeaveRoom', 1);
      return;
    }
    desk.room = null;
    this.#parts.closeStreams(5008);
    this.#parts.left();
    await room.leave().catch((error) => desk.log.add('leaveRoom', error)); // the server finds out by itself
    desk.tell('OnLeaveRoom', 1);
  }

  /**
   * @param {string} invitee
   * @param {number} channelType
   * @param {string} extra
   */
  async invite(invitee, channelType, extra) {
    const desk = this.#desk;
    if (!desk.room) return desk.tell('OnInviteFail', -501, 'You are in no room; call CreateRoom or JoinRoom first.');
    if (!invitee || ![0, 1].includes(channelType)) return desk.tell('OnInviteFail', -503, 'invitee is missing, or channelType is neither 0 nor 1.');
    try {
      await desk.room.invite({ uid: String(invitee), extra, timeoutSeconds: INVITATION_SECONDS });
      desk.tell('OnInviteOK');
    } catch (error) {
      desk.tell('OnInviteFail', -502, reason(error));
    }
  }

  /**
   * @param {string} roomId
   * @param {string} inviter
   * @param {number} reply
   */
  async replyInvite(roomId, inviter, reply) {
    const desk = this.#desk;
    if (!desk.session) return desk.tell('OnReplyInviteFail', -601, 'You are not connected; call Connect first.');
    const open = [...this.#invitations.values()].find((one) => one.roomId === String(roomId) && one.inviterUid === String(inviter));
    if (!open || ![0, 2].includes(reply)) return desk.tell('OnReplyInviteFail', -602, 'There is no such invitation, or reply is neither 0 nor 2.');
    try {
      await desk.session.replyInvite(open.inviteId, reply === 0);
      this.#invitations.delete(open.inviteId);
      desk.tell('OnReplyInviteOK');
    } catch (error) {
      desk.tell('OnReplyInviteFail', -602, reason(error));
    }
  }

  /**
   * @param {string} text
   * @param {unknown} participants uids, or one
   */
  sendText(text, participants) {
    const msgId = this.#nextMsgId++;
    const uids = [participants ?? []].flat().map(String);
    this.#sending = this.#sending.then(() => this.#sendText(msgId, text, uids));
  }

  /**
   * @param {number} msgId
   * @param {string} text
   * @param {string[]} uids
   */
  async #sendText(msgId, text, uids) {
    const desk = this.#desk;
    const fail = (/** @type {string} */ message) => desk.tell('OnSendTextMsgFailed', msgId, -10291, message);
    const room = desk.room;
    if (!room) return fail('You are in no room; call CreateRoom or JoinRoom first.');
    const to = room.participants.filter(({ uid }) => uids.includes(uid)).map(({ participantId }) => participantId);
    if (uids.length > 0 && to.length === 0) return fail('None of the participants is in the room.');
    try {
      await room.sendText(String(text), to, { clientMsgId: String(msgId), clientSentAtMs: Date.now() });
      desk.tell('OnSendTextMsgSucc', msgId);
    } catch (error) {
      fail(reason(error));
    }
  }
}

/**
 * @param {Room} room
 * @returns {Attendant[]} the others
 */
export function attendance(room) {
  const { model } = room;
  return room.participants
    .filter(({ participantId }) => participantId !== model.meId)
    .map((participant) => ({
      uid: participant.uid,
      userType: userType(participant),
      publish: participant.feeds.map(({ feedId, tag }) => ({ feedId, tag })),
      subscribe: subscriptionsOf(model.subscribers, participant),
    }));
}

/**
 * 0 for people, another for the virtual user that plays a file (mrtc.md, MRTC-WIRE-09).
 *
 * @param {Participant} participant
 */
export function userType({ kind }) {
  return kind === 'playback' ? PLAYER : 0;
}

/**
 * @param {Map<string, Set<string>>} subscribers
 * @param {Participant} participant
 */
function subscriptionsOf(subscribers, { participantId }) {
  return [...subscribers].filter(([, ids]) => ids.has(participantId)).map(([feedId]) => ({ feedId }));
}
