/**
 * The messages of docs/protocol.md as types. Nothing here runs. Times are milliseconds since the epoch, ids are strings.
 */

/** @typedef {'host' | 'cohost' | 'lecturer' | 'guest'} Role */
/** @typedef {'camera' | 'screen' | 'file' | 'playback'} Source */

/**
 * One published stream.
 *
 * @typedef {object} Feed
 * @property {string} feedId
 * @property {string} tag what the publisher calls it
 * @property {Source} source
 * @property {boolean} audio whether it has an audio track
 * @property {boolean} video whether it has a video track
 * @property {boolean} audioMuted
 * @property {boolean} videoMuted
 */

/**
 * @typedef {object} Participant
 * @property {string} participantId
 * @property {string} uid
 * @property {string} displayName
 * @property {Role} role
 * @property {'member' | 'whip' | 'whep' | 'playback'} kind
 * @property {'present' | 'reconnecting'} state
 * @property {any} [extra] what it brought along to joinRoom
 * @property {number} joinedAtMs
 * @property {Feed[]} feeds
 */

/** @typedef {{participantId: string, feedId: string}} Subscription */

/**
 * @typedef {object} RoomFacts
 * @property {string} name
 * @property {number} capacity
 * @property {boolean} locked
 * @property {number} startedAtMs
 * @property {string} recording id of the recording that runs, "" for none
 */

/**
 * The whole room at one moment.
 *
 * @typedef {object} Snapshot
 * @property {string} roomId
 * @property {number} seq
 * @property {string} participantId mine
 * @property {string} rtoken
 * @property {RoomFacts} room
 * @property {RTCIceServer[]} iceServers
 * @property {Participant[]} participants me among them
 * @property {Subscription[]} subscriptions
 */

/**
 * How a feed gets through, and whether its network is weak: on the publisher's way up, or on my way down.
 *
 * @typedef {object} Quality
 * @property {string} participantId who publishes the feed
 * @property {string} feedId
 * @property {'audio' | 'video'} kind by which of its tracks it was judged
 * @property {'up' | 'down'} direction
 * @property {boolean} weak
 * @property {number} bits per second
 * @property {number} loss share of packets, 0 to 1
 * @property {number} jitterMs
 * @property {number} roundTripMs 0 = not known
 * @property {number} fps 0 = not known
 * @property {number} width pixels; 0 = not known
 * @property {number} height
 * @property {number} mos estimated mean opinion score, 1 to 4.4; 0 = not known
 */

/** @typedef {{seq: number, type: string, roomId: string, data: any}} DurablePush */
/** @typedef {{type: string, roomId?: string, data: any}} EphemeralPush */

/**
 * @typedef {object} Hello
 * @property {string} sessionId
 * @property {string} resumeToken
 * @property {string} uid
 * @property {string} displayName
 * @property {number} heartbeatSeconds
 * @property {number} graceSeconds
 * @property {number} serverTimeMs
 */

/** @typedef {{roomId: string, participantId: string, snapshot?: Snapshot}} Resumed */
/** @typedef {{mid: string, feedId: string, kind: 'audio' | 'video'}} TrackBinding */
/**
 * How a feed's video is wanted: the largest of its sizes that none of these forbids and the line takes.
 *
 * @typedef {object} Wish
 * @property {number} [maxWidth] pixels; 0 = any
 * @property {number} [maxHeight] pixels; 0 = any
 * @property {0 | 1 | 2} [size] 0 the smallest, 1 the middle one, 2 any
 * @property {number} [priority] 0 to 10, default 1; on a narrow line the lowest gives way first
 */

/** @typedef {{feedId: string} & Wish} FeedWish */
/** @typedef {{feedId: string, audioMid?: string, videoMid?: string} & Wish} SubscriptionRequest */
/** @typedef {{feedId: string, code: number, error: string}} RefusedFeed */
/** @typedef {{bizName: string, appId: string, workspaceId: string, uid: string, signature: string}} Signature */
/** @typedef {{recordId: string, roomId: string, state: 'STARTING' | 'RECORDING' | 'PAUSED' | 'COMPOSING' | 'DONE' | 'FAILED', filePath: string, fileUrl: string, mediaType: number, message: string, startedAtMs: number, durationMs: number, starterUid: string, name: string, createdAtMs: number, progress: number, files: RecordedFile[]}} RecordingFacts */
/** @typedef {{mediaType: 0 | 1 | 2, fileType: 1 | 2, path: string, url: string, durationMs: number, sizeBytes: number}} RecordedFile mediaType: 0 sound and picture, 1 sound, 2 picture */

/** @typedef {{fileId: string, name: string, contentType: string, bytes: number, url: string, expiresAtMs: number, seq: number}} SentFile */

/**
 * What is asked with which data, and what it answers.
 *
 * @typedef {object} Requests
 * @property {{data: {}, answer: {serverTimeMs: number}}} ping
 * @property {{data: {}, answer: {}}} bye
 * @property {{data: {roomId?: string, name?: string, capacity?: number, pin?: string, record?: boolean, endWhenEmpty?: boolean}, answer: {roomId: string, rtoken: string}}} createRoom
 * @property {{data: {roomId: string, rtoken?: string, pin?: string, extra?: any, envType?: 0 | 1}, answer: Snapshot}} joinRoom
 * @property {{data: {}, answer: {}}} leaveRoom
 * @property {{data: {locked: boolean}, answer: {}}} lockRoom
 * @property {{data: {}, answer: {}}} endRoom
 * @property {{data: {participantId: string, reason?: string}, answer: {}}} kick
 * @property {{data: {participantId: string, role: Role}, answer: {}}} setRole
 * @property {{data: {feedId: string, audio?: boolean, video?: boolean}, answer: {}}} mute
 * @property {{data: {tag: string, source: Source, audioMid?: string, videoMid?: string, sdp: string}, answer: {feedId: string, sdp: string}}} publish
 * @property {{data: {feedId: string, sdp?: string}, answer: {sdp?: string}}} unpublish
 * @property {{data: {subscriptions: SubscriptionRequest[], sdp: string}, answer: {sdp: string, refused?: RefusedFeed[]}}} subscribe
 * @property {{data: {feedIds: string[], sdp?: string}, answer: {sdp?: string}}} unsubscribe
 * @property {{data: {direction: 'up' | 'down', sdp: string, tracks: TrackBinding[], wishes?: FeedWish[]}, answer: {sdp: string, refused?: RefusedFeed[]}}} renegotiate
 * @property {{data: {wishes?: FeedWish[], cameras?: number, voices?: number}, answer: {}}} wish
 * @property {{data: {text: string, to: string[], clientMsgId?: string, clientSentAtMs?: number}, answer: {msgId: string, seq: number}}} sendText
 * @property {{data: {name: string, contentType: string, bytes: number}, answer: {fileId: string, name: string, contentType: string, uploadUrl: string, expiresAtMs: number}}} offerFile
 * @property {{data: {fileId: string, to: string[]}, answer: SentFile}} sendFile
 * @property {{data: {payload: any, to: string[]}, answer: {msgId: string, seq: number}}} sendCommand
 * @property {{data: {uid: string, inviteId?: string, extra?: any, timeoutSeconds?: number, audio?: boolean, video?: boolean}, answer: {inviteId: string, online: boolean}}} invite
 * @property {{data: {inviteId: string}, answer: {}}} cancelInvite
 * @property {{data: {inviteId: string, accept: boolean}, answer: {roomId?: string, rtoken?: string}}} replyInvite
 * @property {{data: {param?: object, thirdId?: string, filePath?: string}, answer: {recordId: string}}} startRecording
 * @property {{data: {recordId: string}, answer: {}}} stopRecording
 * @property {{data: {recordId: string}, answer: {}}} pauseRecording
 * @property {{data: {recordId: string}, answer: {}}} resumeRecording
 * @property {{data: {recordId: string, signature?: Signature}, answer: RecordingFacts}} recordingInfo
 * @property {{data: {roomId?: string, starterUid?: string, name?: string, fromMs?: number, toMs?: number, page?: number, size?: number}, answer: {recordings: RecordingFacts[], total: number}}} listRecordings
 * @property {{data: {recordIds: string[]}, answer: {}}} deleteRecordings
 * @property {{data: {file?: string, timeoutSeconds?: number, loop?: boolean}, answer: {vodId: string, participantId: string, feedId: string}}} startPlayback
 * @property {{data: {vodId: string}, answer: {}}} stopPlayback
 */

/**
 * @template {keyof Requests} K
 * @typedef {(type: K, data: Requests[K]['data'], options?: {timeoutMs?: number}) => Promise<Requests[K]['answer']>} RequestOf
 */

/** @typedef {<K extends keyof Requests>(type: K, data: Requests[K]['data'], options?: {timeoutMs?: number}) => Promise<Requests[K]['answer']>} Request */

export {};
