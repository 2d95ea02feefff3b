import type * as C from './configs.js';

/**
 * The 36 calls. None throws and none waits: what becomes of a call is told by callbacks.
 */
export interface McuCalls {
  /**
   * Connects to the server; asks `OnGetSign` for a signature.
   * Answered by `OnConnectOK` or `OnConnectFailed`.
   */
  Connect(config_param: C.ConnectConfig): void;
  /**
   * Closes all streams, leaves the room, then closes the connection.
   * Answered by `OnConnectClose`; on the way `OnMediaClose`, `OnLeaveRoom`.
   */
  Disconnect(): void;
  /**
   * Says how the next room is to be; with auto-publishing opens camera and microphone already.
   * Answered by `OnInitRoomConfigOK` or `OnInitRoomConfigFail`; with auto-publishing also `OnMediaCallSucc` or `OnMediaCallFail`.
   */
  InitRoomConfig(config_param: C.InitRoomConfig): void;
  /**
   * Creates a room as `InitRoomConfig` said, and enters it.
   * Answered by `OnCreateRoomSucc` or `OnCreateRoomFailed`.
   */
  CreateRoom(): void;
  /**
   * Enters a room. `engine` 0 or 1; both mean this server.
   * Answered by `OnJoinRoomSucc`, then `OnRoomAttendanceList`, or by `OnJoinRoomFailed`.
   */
  JoinRoom(room_id: string, rtoken: string, engine?: 0 | 1): void;
  /**
   * Invites somebody into my room. `channelType` 0 or 1; `extra` reaches the invited one as it is.
   * Answered by `OnInviteOK` or `OnInviteFail`; later `OnInviteReply`.
   */
  Invite(invitee: string, channelType: 0 | 1, extra?: string): void;
  /**
   * Answers an invitation: 0 yes, 2 no. After a yes, enter the room by `JoinRoom`.
   * Answered by `OnReplyInviteOK` or `OnReplyInviteFail`.
   */
  ReplyInvite(roomId: string, inviter: string, reply: 0 | 2): void;
  /**
   * Leaves the room.
   * Answered by `OnLeaveRoom`; before it `OnMediaClose` for each stream.
   */
  LeaveRoom(): void;
  /**
   * Publishes a stream.
   * Answered by `OnMediaCallSucc` or `OnMediaCallFail` when the device is open or not, then by `OnPublishSucc` or `OnPublishFailed`.
   */
  Publish(config_param: C.PublishConfig): void;
  /**
   * Receives a feed. For its sound alone give the audio tag only, for its picture alone the video tag only.
   * Answered by `OnSubscribeSucc` or `OnSubscribeFailed`.
   */
  Subscribe(config_param: C.SubscribeConfig): void;
  /** Microphone of a stream: 1 on, 0 off. No answer. */
  SetLocalAudioEnable(enabled: 0 | 1, sid: number | string): void;
  /** Camera of a stream: 1 on, 0 off. No answer. */
  SetLocalVideoEnable(enabled: 0 | 1, sid: number | string): void;
  /** Codec of the streams that are published from now on. No answer. */
  SetLocalCodecType(type: 'H264' | 'VP8'): void;
  /** Protocol of the media connections that are made from now on: call it before the room is entered. No answer. */
  SetLocalProtoType(type: 'all' | 'tcp' | 'udp'): void;
  /**
   * Takes a picture of a stream (`type` 0 my own, 1 another's) and downloads it: `picture_type` 1 PNG, 2 JPEG. Size: default that of the video's window.
   * Gives the picture; null when there is none.
   */
  TakePicture(type: 0 | 1, width?: number, height?: number, sid?: number | string, picture_type?: 1 | 2): Promise<Blob | null>;
  /**
   * Ends a recording in the browser; call it before leaving the room. When nothing is recorded it returns at once.
   * Answered by `OnClientStopRecordSuccess` or `OnClientStopRecordFailed`.
   */
  StopRecord(clientRecordId: string): void;
  /** Answered by `OnClientPauseRecordSuccess` or `OnClientPauseRecordFailed`. */
  PauseRecord(clientRecordId: string): void;
  /** Answered by `OnClientResumeRecordSuccess` or `OnClientResumeRecordFailed`. */
  ResumeRecord(clientRecordId: string): void;
  /**
   * Saves a recording that was stopped; call it before leaving the room.
   * Answered by `OnClientDownloadRecordSuccess` or `OnClientDownloadRecordFailed`.
   */
  DownloadRecord(clientRecordId: string, fileName: string): void;
  /**
   * The server records the room.
   * Answered by `OnInitRemoteRecordSucc`, then `OnStartRemoteRecordSucc`, or by `OnStartRemoteRecordFailed`.
   */
  StartRemoteRecord(file_path?: string, record_param?: C.RecordParam, record_third_id?: string): void;
  /** Answered by `OnStopRemoteRecordSucc` or `OnStopRemoteRecordFailed`; then `OnRemoteRecordOver`. */
  StopRemoteRecord(record_id: string): void;
  /**
   * What became of a recording; needs no room. Asks `OnGetSign` for a signature of `record_id`. `media_type` 0 audio and video, 1 audio, 2 video.
   * Answered by `OnRemoteRecordInfoSucc` or `OnRemoteRecordInfoFailed`.
   */
  GetRecordInfo(record_id: string, room_id: string, media_type?: 0 | 1 | 2): void;
  /** Ends a stream and frees its device. Answered by `OnUnPublishSucc` and `OnMediaClose`. */
  UnPublish(sid: number | string): void;
  /** Stops receiving. Answered by `OnUnSubscribeSucc` and `OnMediaClose`. */
  UnSubscribe(sid: number | string): void;
  /**
   * Sends a text to these uids; none = to all others.
   * Answered by `OnSendTextMsgSucc` or `OnSendTextMsgFailed`.
   */
  SendTextMsg(msg: string, participants?: string[]): void;
  /** Below so many kbit/s a published stream counts as weak; default 200, audio only 20. Alarm: `OnNetworkWeak`. */
  SetPublishWeakBitrateLimit(weak_bitrate: number): void;
  /** The same for received streams. */
  SetSubscribeWeakBitrateLimit(weak_bitrate: number): void;
  /**
   * Plays a file into the room; its feed is subscribed like any other.
   * Answered by `OnStartVodSuccess` or `OnStartVodFail`; at its end `OnVodOver`.
   */
  StartVod(vodParams: C.VodParams): void;
  /** Answered by `OnStopVodSuccess` or `OnStopVodFail`. */
  StopVod(vod_id: string): void;
  /** Downloads the newest 10 000 lines of the SDK's log. No answer. */
  DownloadLog(): void;
  /**
   * Sends another source under the same sid; whoever receives it goes on. It cannot get a kind (audio, video) that it was not published with.
   * Answered by `OnChangeMediaStreamSuccess` or `OnChangeMediaStreamFailed`; then what was sent before goes on.
   */
  ChangeMediaStream(config: C.ChangeMediaConfig): void;
  /**
   * Changes size, ratio, camera or microphone of a stream that shows a camera.
   * Answered by `OnChangeMediaStreamSuccess` or `OnChangeMediaStreamFailed`.
   */
  ChangeProfile(config: C.ChangeProfileConfig): void;
  /** Answered by `OnGetDevicesSuccess` or `OnGetDevicesFailed`. */
  GetDevices(): void;
  /**
   * Records up to four streams in the browser, side by side with white borders. A file that is played (VOD) cannot be recorded.
   * Answered by `OnClientStartRecordSuccess` or `OnClientStartRecordFailed`; then `OnClientRecordBlob`.
   */
  StartBrowserRecord(clientRecordId: string, stream_list: (number | string)[], record_config: C.BrowserRecordConfig): void;
  /** Answered by `OnPauseRemoteRecordSucc` or `OnPauseRemoteRecordFailed`. */
  PauseRemoteRecord(record_id: string): void;
  /** Answered by `OnResumeRemoteRecordSucc` or `OnResumeRemoteRecordFailed`. */
  ResumeRemoteRecord(record_id: string): void;
}
