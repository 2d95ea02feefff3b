import { Emitter } from './emitter.js';
import { closed } from './errors.js';
import { Link } from './link.js';

/** @import {Route} from './link.js' */
/** @import {Request, Source, TrackBinding} from './wire.js' */

/** What video may use, bit/s, by source. */
const VIDEO_BITRATE = { camera: 1_500_000, screen: 2_500_000, file: 2_500_000, playback: 2_500_000 };

/** The smallest picture that is worth sending in several sizes. */
const SIMULCAST_LEAST = { width: 640, height: 360 };
/** Sizes of a simulcast, smallest first, with the share of the largest one's bitrate that each may use. */
const SIZES = [
  { rid: 'q', scaleResolutionDownBy: 4, share: 0.1 },
  { rid: 'h', scaleResolutionDownBy: 2, share: 0.33 },
  { rid: 'f', scaleResolutionDownBy: 1, share: 1 },
];

/** @typedef {'audio' | 'video'} Kind */
/** @typedef {Kind | 'simulcast'} Use what an m-line can be used for */

/**
 * @typedef {object} PublishOptions
 * @property {string} [tag] a name for the stream, such as `main`; default ""
 * @property {Source} [source] default `camera`
 * @property {boolean} [audio] reserve an audio track even if the stream has none now, to be filled by replaceTrack; default: whether it has one
 * @property {boolean} [video] likewise
 * @property {boolean} [audioMuted] published muted; default false
 * @property {boolean} [videoMuted] likewise
 * @property {number} [maxVideoBitrate] bit/s, of the largest size; default 1 500 000 for a camera, 2 500 000 else
 * @property {'H264' | 'VP8' | 'VP9' | 'AV1'} [videoCodec] preferred; default: the browser's order
 * @property {boolean} [simulcast] send video of at least 640x360 in three sizes, so that each receiver gets what fits; default false
 */

/**
 * @typedef {object} LocalFeedEvents
 * @property {{kind: Kind}} trackEnded a device was pulled or the person ended the screen share in the browser's own bar
 */

/**
 * A stream that I publish.
 *
 * @extends {Emitter<LocalFeedEvents>}
 */
export class LocalFeed extends Emitter {
  /** "" until it is published. */
  feedId = '';
  /** What is sent now; its tracks change with {@link replaceTrack}. */
  stream = new MediaStream();
  /** @type {{[K in Kind]?: RTCRtpTransceiver}} */
  transceivers = {};

  #uplink;
  /** @type {{[K in Kind]?: MediaStreamTrack | null}} */
  #tracks = {};

  /**
   * @param {Uplink} uplink
   * @param {MediaStream} stream
   * @param {PublishOptions} options
   */
  constructor(uplink, stream, options) {
    super();
    this.#uplink = uplink;
    this.tag = options.tag ?? '';
    this.source = options.source ?? 'camera';
    this.simulcast = (options.simulcast ?? false) && isLarge(stream.getVideoTracks()[0]);
    this.maxVideoBitrate = options.maxVideoBitrate ?? VIDEO_BITRATE[this.source];
    this.videoCodec = options.videoCodec;
    this.audioMuted = options.audioMuted ?? false;
    this.videoMuted = options.videoMuted ?? false;
    const [audio = null] = stream.getAudioTracks();
    const [video = null] = stream.getVideoTracks();
    if (audio || options.audio) this.#hold('audio', audio);
    if (video || options.video) this.#hold('video', video);
    if (this.kinds.length === 0) throw new TypeError('the stream has neither audio nor video');
  }

  /** @returns {Kind[]} that it was published with */
  get kinds() {
    return /** @type {Kind[]} */ (Object.keys(this.#tracks));
  }

  /** @param {Kind} kind */
  track(kind) {
    return this.#tracks[kind] ?? null;
  }

  /**
   * Sends another track from now on, without a negotiation: another camera, or nothing (null). Does not stop the old one.
   *
   * @param {Kind} kind that the feed was published with
   * @param {MediaStreamTrack | null} track
   */
  async replaceTrack(kind, track) {
    if (!this.kinds.includes(kind)) throw new TypeError(`the feed has no ${kind}`);
    this.#uplink.withhold(this.track(kind));
    this.#hold(kind, track);
    await this.transceivers[kind]?.sender.replaceTrack(track);
  }

  /**
   * What its video may use from now on.
   *
   * @param {number} bitrate bit/s, of the largest size
   */
  limitVideo(bitrate) {
    this.maxVideoBitrate = bitrate;
    const sender = this.transceivers.video?.sender;
    if (sender) encode(sender, encodingsOf(this));
  }

  /**
   * Mutes or unmutes for everyone: the track falls silent here at once, the relay stops forwarding it, the others are told.
   *
   * @param {{audio?: boolean, video?: boolean}} muted absent = as it is
   * @throws {ParleyError} FEED_NOT_FOUND, CLOSED
   */
  async mute({ audio, video }) {
    if (!this.feedId) throw closed('The feed is not published.');
    if (audio !== undefined) this.#enable('audio', !(this.audioMuted = audio));
    if (video !== undefined) this.#enable('video', !(this.videoMuted = video));
    await this.#uplink.request('mute', { feedId: this.feedId, audio, video });
  }

  /**
   * Somebody else muted it, or the server's word on it.
   *
   * @param {{audioMuted: boolean, videoMuted: boolean}} feed
   */
  follow({ audioMuted, videoMuted }) {
    this.#enable('audio', !(this.audioMuted = audioMuted));
    this.#enable('video', !(this.videoMuted = videoMuted));
  }

  /**
   * Sends only these sizes of a simulcast; does nothing without one.
   *
   * @param {string[]} rids at least one of them is mine, or all are sent
   */
  async sendOnly(rids) {
    const sender = this.transceivers.video?.sender;
    const parameters = sender?.getParameters();
    if (!sender || !parameters || !this.simulcast) return;
    const none = !parameters.encodings.some(({ rid }) => rids.includes(rid ?? ''));
    let changed = false;
    for (const encoding of parameters.encodings) {
      const active = none || rids.includes(encoding.rid ?? '');
      changed ||= encoding.active !== active;
      encoding.active = active;
    }
    if (changed) await sender.setParameters(parameters);
  }

  /** Ends it. Does not stop its tracks. */
  unpublish() {
    return this.#uplink.unpublish(this);
  }

  /** @returns {TrackBinding[]} */
  bindings() {
    return this.kinds.map((kind) => ({ mid: this.transceivers[kind]?.mid ?? '', feedId: this.feedId, kind }));
  }

  /**
   * @param {Kind} kind
   * @param {boolean} enabled
   */
  #enable(kind, enabled) {
    const track = this.#tracks[kind];
    if (track) track.enabled = enabled;
  }

  /**
   * @param {Kind} kind
   * @param {MediaStreamTrack | null} track
   */
  #hold(kind, track) {
    const old = this.#tracks[kind];
    if (old) this.stream.removeTrack(old);
    this.#tracks[kind] = track;
    if (!track) return;
    this.stream.addTrack(track);
    track.enabled = kind === 'audio' ? !this.audioMuted : !this.videoMuted;
    track.addEventListener('ended', () => {
      if (this.#tracks[kind] === track) this.emit('trackEnded', { kind });
    });
  }
}

/** The connection on which I publish. */
export class Uplink extends Link {
  /** @type {Set<LocalFeed>} */
  feeds = new Set();
  /** @type {{[use in Use]: RTCRtpTransceiver[]}} m-lines of feeds that are gone, for use again */
  #free = { audio: [], video: [], simulcast: [] };

  /**
   * @param {Request} request
   * @param {RTCIceServer[]} iceServers
   * @param {Route} [route]
   */
  constructor(request, iceServers, route) {
    super('up', request, iceServers, route);
  }

  /**
   * @param {MediaStream} stream
   * @param {PublishOptions} options
   * @returns {Promise<LocalFeed>} published
   */
  publish(stream, options) {
    const feed = new LocalFeed(this, stream, options);
    return this.exclusive(async () => {
      this.#seat(feed, this.ensure());
      try {
        const answer = await this.negotiate((sdp) =>
          this.request('publish', {
            tag: feed.tag,
            source: feed.source,
            audioMid: feed.transceivers.audio?.mid ?? undefined,
            videoMid: feed.transceivers.video?.mid ?? undefined,
            sdp,
          }),
        );
        feed.feedId = answer.feedId;
        this.feeds.add(feed);
      } catch (error) {
        this.#unseat(feed);
        throw error;
      }
      return feed;
    });
  }

  /** @param {LocalFeed} feed */
  async unpublish(feed) {
    if (!this.feeds.delete(feed)) return;
    await this.exclusive(async () => {
      this.#unseat(feed);
      await this.negotiate((sdp) => this.request('unpublish', { feedId: feed.feedId, sdp }));
    });
  }

  /**
   * The server has ended it already (a host's doing).
   *
   * @param {LocalFeed} feed
   */
  forget(feed) {
    if (this.feeds.delete(feed)) this.#unseat(feed);
  }

  /** @override */
  inUse() {
    return this.feeds.size > 0;
  }

  /** @override */
  bindings() {
    return [...this.feeds].flatMap((feed) => feed.bindings());
  }

  /**
   * @override
   * @param {RTCPeerConnection} pc
   */
  rebuild(pc) {
    this.#free = { audio: [], video: [], simulcast: [] };
    for (const feed of this.feeds) {
      feed.transceivers = {};
      this.#seat(feed, pc);
    }
  }

  /**
   * Gives each track of the feed an m-line.
   *
   * @param {LocalFeed} feed
   * @param {RTCPeerConnection} pc
   */
  #seat(feed, pc) {
    for (const kind of feed.kinds) {
      const track = feed.track(kind);
      const used = this.#free[useOf(feed, kind)].pop();
      if (used) {
        used.direction = 'sendonly';
        void used.sender.replaceTrack(track);
        if (kind === 'video') encode(used.sender, encodingsOf(feed));
        feed.transceivers[kind] = used;
        if (kind === 'video') prefer(used, feed.videoCodec);
      } else {
        feed.transceivers[kind] = pc.addTransceiver(track ?? kind, {
          direction: 'sendonly',
          streams: [feed.stream],
          sendEncodings: kind === 'video' ? encodingsOf(feed) : undefined,
        });
        if (kind === 'video') prefer(feed.transceivers[kind], feed.videoCodec);
      }
    }
  }

  /** @param {LocalFeed} feed */
  #unseat(feed) {
    for (const kind of feed.kinds) {
      this.withhold(feed.track(kind));
      const transceiver = feed.transceivers[kind];
      if (!transceiver || !this.isOpen) continue;
      if (transceiver.mid === null) {
        transceiver.stop(); // never negotiated: it leaves no trace
      } else {
        transceiver.direction = 'inactive';
        void transceiver.sender.replaceTrack(null);
        this.#free[useOf(feed, kind)].push(transceiver);
      }
    }
    feed.transceivers = {};
  }
}

/**
 * An m-line keeps the number of its encodings for life, so those of a simulcast serve no other feed.
 *
 * @param {LocalFeed} feed
 * @param {Kind} kind
 * @returns {Use}
 */
function useOf(feed, kind) {
  return kind === 'video' && feed.simulcast ? 'simulcast' : kind;
}

/**
 * @param {LocalFeed} feed
 * @returns {RTCRtpEncodingParameters[]}
 */
function encodingsOf(feed) {
  if (!feed.simulcast) return [{ maxBitrate: feed.maxVideoBitrate }];
  const { width = 0, height = 0 } = feed.track('video')?.getSettings() ?? {};
  return SIZES.map(({ rid, scaleResolutionDownBy, share }) => {
    const encoding = { rid, scaleResolutionDownBy, maxBitrate: Math.round(feed.maxVideoBitrate * share), active: true };
    if (!width || !height) return encoding;
    // Where it is known it counts before the factor: by factors alone Chromium sends two sizes only of pictures below 960x540.
    const maxWidth = Math.round(width / scaleResolutionDownBy);
    const maxHeight = Math.round(height / scaleResolutionDownBy);
    return { ...encoding, scaleResolutionDownTo: { maxWidth, maxHeight } };
  });
}

/**
 * Offers this codec first, so that the answer takes it.
 *
 * @param {RTCRtpTransceiver | undefined} transceiver
 * @param {string | undefined} name undefined: the browser's own order
 */
function prefer(transceiver, name) {
  const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
  const isIt = (/** @type {{mimeType: string}} */ { mimeType }) => mimeType.toLowerCase() === `video/${name?.toLowerCase()}`;
  if (name && !codecs.some(isIt)) return;
  transceiver?.setCodecPreferences?.(name ? [...codecs.filter(isIt), ...codecs.filter((codec) => !isIt(codec))] : []);
}

/** @param {MediaStreamTrack | undefined} track none yet: a camera that comes later may be large */
function isLarge(track) {
  if (!track) return true;
  const { width = 0, height = 0 } = track.getSettings();
  return Math.max(width, height) >= SIMULCAST_LEAST.width && Math.min(width, height) >= SIMULCAST_LEAST.height;
}

/**
 * @param {RTCRtpSender} sender
 * @param {RTCRtpEncodingParameters[]} encodings as many as it has
 */
function encode(sender, encodings) {
  const parameters = sender.getParameters();
  parameters.encodings.forEach((encoding, i) => Object.assign(encoding, encodings[i]));
  sender.setParameters(parameters).catch(() => {}); // a wish: the stream flows without it
}
