/** @import {DurablePush, Feed, Participant, RoomFacts, Snapshot} from './wire.js' */

/**
 * What has changed, told after the model holds it.
 *
 * @typedef {object} ModelEvents
 * @property {{participant: Participant}} participantJoined
 * @property {{participant: Participant, reason: string}} participantLeft reason: left, lost, kicked, ended
 * @property {{participant: Participant}} participantUpdated
 * @property {{participant: Participant, feed: Feed}} feedPublished
 * @property {{participant: Participant, feed: Feed}} feedUpdated
 * @property {{participant: Participant, feed: Feed}} feedUnpublished
 * @property {{participantId: string, feedId: string}} subscribed
 * @property {{participantId: string, feedId: string}} unsubscribed
 * @property {{room: RoomFacts}} roomUpdated
 */

/** @typedef {{[K in keyof ModelEvents]: {type: K, event: ModelEvents[K]}}[keyof ModelEvents]} ModelEvent */

/**
 * The room as this client knows it: a snapshot, then pushes. The same snapshot and pushes always give the same model; it does no I/O and reads no clock.
 * A push about what the model does not hold changes nothing and tells nothing.
 */
export class RoomModel {
  roomId;
  /** My own participant's id. */
  meId;
  /** The room's password for invitations. */
  rtoken;
  /** @type {RoomFacts} */
  room;
  /** @type {Map<string, Participant>} by participantId, in order of joining */
  participants = new Map();
  /** @type {Map<string, Set<string>>} feedId -> participantIds that receive it */
  subscribers = new Map();

  /** @param {Snapshot} snapshot */
  constructor(snapshot) {
    this.roomId = snapshot.roomId;
    this.meId = snapshot.participantId;
    this.rtoken = snapshot.rtoken;
    this.room = { ...snapshot.room };
    this.#load(snapshot);
  }

  /** @returns {Participant | undefined} undefined once I am out */
  get me() {
    return this.participants.get(this.meId);
  }

  /**
   * @param {string} feedId
   * @returns {{participant: Participant, feed: Feed} | undefined}
   */
  feed(feedId) {
    for (const participant of this.participants.values()) {
      const feed = participant.feeds.find((f) => f.feedId === feedId);
      if (feed) return { participant, feed };
    }
    return undefined;
  }

  /** @param {Snapshot} snapshot */
  #load(snapshot) {
    this.participants = new Map(
      [...snapshot.participants].sort((a, b) => a.joinedAtMs - b.joinedAtMs).map((p) => [p.participantId, structuredClone(p)]),
    );
    this.subscribers = new Map();
    for (const { participantId, feedId } of snapshot.subscriptions ?? []) this.#subscribersOf(feedId).add(participantId);
  }

  /** @param {string} feedId */
  #subscribersOf(feedId) {
    let set = this.subscribers.get(feedId);
    if (!set) this.subscribers.set(feedId, (set = new Set()));
    return set;
  }

  /**
   * Too much was missed: the model becomes the snapshot.
   *
   * @param {Snapshot} snapshot
   * @returns {ModelEvent[]} the difference, as if it had come push by push
   */
  reset(snapshot) {
    const before = this.participants;
    /** @type {ModelEvent[]} */
    const events = [];
    this.#load(snapshot);
    for (const old of before.values()) {
      const now = this.participants.get(old.participantId);
      for (const feed of old.feeds) {
        if (!now?.feeds.some((f) => f.feedId === feed.feedId)) events.push({ type: 'feedUnpublished', event: { participant: now ?? old, feed } });
      }
      if (!now) events.push({ type: 'participantLeft', event: { participant: old, reason: 'left' } });
    }
    for (const now of this.participants.values()) {
      const old = before.get(now.participantId);
      if (!old) events.push({ type: 'participantJoined', event: { participant: now } });
      else if (old.state !== now.state || old.role !== now.role || old.displayName !== now.displayName) {
        events.push({ type: 'participantUpdated', event: { participant: now } });
      }
      for (const feed of now.feeds) {
        const known = old?.feeds.find((f) => f.feedId === feed.feedId);
        if (!known) events.push({ type: 'feedPublished', event: { participant: now, feed } });
        else if (known.audioMuted !== feed.audioMuted || known.videoMuted !== feed.videoMuted) {
          events.push({ type: 'feedUpdated', event: { participant: now, feed } });
        }
      }
    }
    const { recording, locked } = this.room;
    this.room = { ...snapshot.room };
    if (recording !== this.room.recording || locked !== this.room.locked) events.push({ type: 'roomUpdated', event: { room: this.room } });
    return events;
  }

  /**
   * @param {DurablePush} push
   * @returns {ModelEvent[]} what it changed; empty for pushes that are no change of the model (text, recording...)
   */
  apply({ type, data }) {
    switch (type) {
      case 'participantJoined':
        return this.#joined(data.participant);
      case 'participantLeft':
        return this.#left(data.participantId, data.reason);
      case 'participantUpdated': {
        const participant = this.participants.get(data.participantId);
        if (!participant) return [];
        const { participantId: _, ...changes } = data;
        Object.assign(participant, changes);
        return [{ type, event: { participant } }];
      }
      case 'feedPublished': {
        const participant = this.participants.get(data.participantId);
        if (!participant || participant.feeds.some((f) => f.feedId === data.feed.feedId)) return [];
        participant.feeds.push(data.feed);
        return [{ type, event: { participant, feed: data.feed } }];
      }
      case 'feedUpdated': {
        const found = this.feed(data.feedId);
        if (!found) return [];
        const { participantId: _, feedId: __, ...changes } = data;
        Object.assign(found.feed, changes);
        return [{ type, event: found }];
      }
      case 'feedUnpublished': {
        const found = this.feed(data.feedId);
        return found ? [this.#unpublished(found.participant, found.feed)] : [];
      }
      case 'subscribed':
        this.#subscribersOf(data.feedId).add(data.participantId);
        return [{ type, event: data }];
      case 'unsubscribed':
        this.subscribers.get(data.feedId)?.delete(data.participantId);
        return [{ type, event: data }];
      case 'roomUpdated':
        Object.assign(this.room, data);
        return [{ type, event: { room: this.room } }];
      default:
        return [];
    }
  }

  /**
   * @param {Participant} participant
   * @returns {ModelEvent[]}
   */
  #joined(participant) {
    if (this.participants.has(participant.participantId)) return [];
    this.participants.set(participant.participantId, { ...participant, feeds: [...(participant.feeds ?? [])] });
    const known = /** @type {Participant} */ (this.participants.get(participant.participantId));
    return [
      { type: 'participantJoined', event: { participant: known } },
      ...known.feeds.map((feed) => /** @type {ModelEvent} */ ({ type: 'feedPublished', event: { participant: known, feed } })),
    ];
  }

  /**
   * @param {string} participantId
   * @param {string} reason
   * @returns {ModelEvent[]}
   */
  #left(participantId, reason) {
    const participant = this.participants.get(participantId);
    if (!participant) return [];
    const events = [...participant.feeds].map((feed) => this.#unpublished(participant, feed));
    this.participants.delete(participantId);
    for (const set of this.subscribers.values()) set.delete(participantId);
    return [...events, { type: 'participantLeft', event: { participant, reason } }];
  }

  /**
   * @param {Participant} participant
   * @param {Feed} feed
   * @returns {ModelEvent}
   */
  #unpublished(participant, feed) {
    participant.feeds = participant.feeds.filter((f) => f !== feed);
    this.subscribers.delete(feed.feedId);
    return { type: 'feedUnpublished', event: { participant, feed } };
  }
}
