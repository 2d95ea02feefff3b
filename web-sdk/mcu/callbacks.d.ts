import type * as C from './configs.js';

/**
 * The 71 callbacks: methods of the same object, to be overridden by the page. Those that are not do nothing. Codes are negative but those of the 50xx and 51xx families.
 */
export interface McuCallbacks {
  /** The connection is there. */
  OnConnectOK(): void;
  /** -101 no server answered in time; -102 refused, or the parameters are wrong */
  OnConnectFailed(err_code: number, err_msg: string): void;
  /** Asks for a signature of `uid` (of the record id for `GetRecordInfo`); to be overridden always. Give the text or a promise of it. */
  OnGetSign(bizName: string, subBiz: string, uid: string): string | Promise<string>;
  /** The room is initialised. */
  OnInitRoomConfigOK(): void;
  /** -201 not connected, or in a room; -202 a parameter is wrong */
  OnInitRoomConfigFail(err_code: number, err_msg: string): void;
  /** Camera, microphone, screen or file is open. */
  OnMediaCallSucc(sid: number): void;
  /** 5101 video, 5102 audio does not start; 5103 the browser has no media; 5104 not in a room; 5105 the desktop, 5106 the file cannot be shared; 5107 there is no file, 5108 no region */
  OnMediaCallFail(err_code: number, err_msg: string): void;
  /** I am in a new room. `rtoken` is its password. */
  OnCreateRoomSucc(room_id: string, rtoken: string): void;
  /** -301 not initialised; -302 the server refused; -303 no answer in time; -304 the devices did not open in time */
  OnCreateRoomFailed(err_code: number, err_msg: string): void;
  /** I am in the room. */
  OnJoinRoomSucc(): void;
  /** -401 not initialised; -402 a parameter is wrong; -403 the server refused; -404 no answer in time */
  OnJoinRoomFailed(err_code: number, err_msg: string): void;
  /** The invitation is on its way. */
  OnInviteOK(): void;
  /** -501 not in a room; -502 the server refused; -503 a parameter is wrong */
  OnInviteFail(err_code: number, err_msg: string): void;
  /** The answer to an invitation is delivered. */
  OnReplyInviteOK(): void;
  /** -601 not connected; -602 the server refused, or there is no such invitation */
  OnReplyInviteFail(err_code: number, err_msg: string): void;
  /** Somebody invites me. */
  OnInviteRequest(roomId: string, rtoken: string, inviter: string, extra: string): void;
  /** 0 comes, 1 is not there or did not answer, 2 refused */
  OnInviteReply(invitee: string, reply: 0 | 1 | 2): void;
  /** Who is in the room that I have joined, with their feeds. */
  OnRoomAttendanceList(participants: C.Attendant[]): void;
  /** Somebody has come; the argument is his uid. */
  OnNewJoinerIn(participant: string): void;
  /** The others can subscribe it. */
  OnPublishSucc(sid: number): void;
  /** -1071 the server refused; -1072 no video tag; -1073 too many streams; -1074 no media connection in time */
  OnPublishFailed(sid: number, err_code: number, err_msg: string): void;
  /** `feed` is the JSON text `{"feedId":["..."],"strategy":1}`. */
  OnSubscribeSucc(feed: string, sid: string): void;
  /** -1081 the server refused; -1082 the video tag shows another feed; -1083 too many, or no free slot; -1084 no media connection; -1085 no tag */
  OnSubscribeFailed(sid: string, err_code: number, err_msg: string): void;
  /** Somebody publishes a stream. */
  OnNewPublish(feed: C.FeedNews): void;
  /** Somebody receives a feed; `feed.uid` publishes it. */
  OnNewSubscribe(subscriber: string, feed: C.FeedNews): void;
  /** My stream is ended. */
  OnUnPublishSucc(sid: string): void;
  /** I do not receive it any more. */
  OnUnSubscribeSucc(sid: string): void;
  /** Somebody has ended a stream. */
  OnUnPublish(feed: C.FeedNews): void;
  /** Somebody does not receive a feed any more. */
  OnUnSubscribe(unsubscriber: string, feed: C.FeedNews): void;
  /** A stream is over: 5001 by me; 5002 I was put out of the room; 5003 the server refused; 5004 no media connection in time; 5005 the room failed; 5006 its publisher ended it; 5007 its media connection failed; 5008 I left */
  OnMediaClose(code: number, sid: number): void;
  /** The server has the text. */
  OnSendTextMsgSucc(msgId: number): void;
  /** -10291 not in a room, nobody to send it to, or the server refused */
  OnSendTextMsgFailed(msgId: number, code: number, msg: string): void;
  /** Somebody says something. Never put it into a page as HTML. */
  OnReceiveTextMsg(uid: string, msg: string): void;
  /** I am out: 1 by my own wish, 2 otherwise */
  OnLeaveRoom(leaveType: 1 | 2): void;
  /** Somebody is out: 1 normal, 2 lost */
  OnParticipantLeaveRoom(participant: string, exitType: 1 | 2): void;
  /** The connection is over for good. */
  OnConnectClose(): void;
  /** A stream is below its limit; bits per second, of which the other direction is "0". */
  OnNetworkWeak(bpsSend: string, bpsRecv: string, sid: number): void;
  /** The file plays. */
  OnStartVodSuccess(file: string, vod_id: string): void;
  /** -10371 the server refused; -10372 not in a room; -10373 it cannot be played; -10374 a parameter is wrong; -10375 not started in time */
  OnStartVodFail(file: string, vod_id: string, err_code: number, err_msg: string): void;
  /** The file is stopped. */
  OnStopVodSuccess(vod_id: string): void;
  /** -10391 the server refused; -10392 not in a room; -10393 there is no such playback of mine */
  OnStopVodFail(vod_id: string, err_code: number, err_msg: string): void;
  /** The file is at its end. */
  OnVodOver(vod_id: string): void;
  /** The sound of a stream, for a level meter. */
  OnVolumeAnalyser(sid: string, analyser: AnalyserNode): void;
  /** The browser records. */
  OnClientStartRecordSuccess(clientRecordId: string): void;
  /** -20301 not in a room; -20302 a recording runs; -20303 the id was used before; -20304 none of these streams can be recorded; -20305 media_type is wrong */
  OnClientStartRecordFailed(clientRecordId: string, code: number, msg: string): void;
  /** The recording, as address and blob; `targetType` is undefined. */
  OnClientStopRecordSuccess(videoURL: string, clientRecordBlob: Blob, clientRecordId: string, targetType: undefined): void;
  /** -20331 not in a room */
  OnClientStopRecordFailed(clientRecordId: string, code: number, msg: string): void;
  /** The recording pauses. */
  OnClientPauseRecordSuccess(clientRecordId: string): void;
  /** -20371 not in a room; -20372 not recording */
  OnClientPauseRecordFailed(clientRecordId: string, code: number, msg: string): void;
  /** The recording goes on. */
  OnClientResumeRecordSuccess(clientRecordId: string): void;
  /** -20391 not in a room; -20392 not recording */
  OnClientResumeRecordFailed(clientRecordId: string, code: number, msg: string): void;
  /** The recording is saved. */
  OnClientDownloadRecordSuccess(clientRecordId: string): void;
  /** -20351 not in a room; -20352 never started; -20353 not stopped */
  OnClientDownloadRecordFailed(clientRecordId: string, code: number, msg: string): void;
  /** Cameras, microphones and speakers. Names are empty until the person has allowed access once. */
  OnGetDevicesSuccess(devicesInfo: C.DevicesInfo): void;
  /** -30101 the browser has no media; -30102 they cannot be listed */
  OnGetDevicesFailed(code: number, msg: string): void;
  /** The stream shows the new source. */
  OnChangeMediaStreamSuccess(sid: number): void;
  /** -1101 not published; -1102 a parameter is wrong; -1103 media_type is wrong; -1104 no audio and video; -1105 no screen; -1106 no video; -1107 no file; -1108 no audio; -1109 the browser has no media */
  OnChangeMediaStreamFailed(sid: number, code: number, msg: string): void;
  /** What was recorded since the last time. */
  OnClientRecordBlob(clientRecordId: string, blob: Blob): void;
  /** The server has begun to prepare a recording. */
  OnInitRemoteRecordSucc(record_id: string, record_third_id: string): void;
  /** The server records. */
  OnStartRemoteRecordSucc(record_id: string, record_third_id: string): void;
  /** -10311 the server refused, or not in a room; -10312 not started in time; -10313 one stream, -10314 the whole cannot be recorded */
  OnStartRemoteRecordFailed(record_id: string, err_code: number, err_msg: string, record_third_id: string): void;
  /** The server stops recording. */
  OnStopRemoteRecordSucc(record_id: string): void;
  /** -10331 the server refused */
  OnStopRemoteRecordFailed(record_id: string, err_code: number, err_msg: string): void;
  /** What became of a recording. */
  OnRemoteRecordInfoSucc(recordInfo: C.RecordInfo): void;
  /** -10351 not connected; -10352 the server refused; -10353 a parameter is wrong */
  OnRemoteRecordInfoFailed(record_id: string, err_code: number, err_msg: string): void;
  /** The server's recording pauses. */
  OnPauseRemoteRecordSucc(record_id: string): void;
  /** -10341 not in a room; -10342 it is not recording; -10343 the server refused */
  OnPauseRemoteRecordFailed(record_id: string, err_code: number, err_msg: string): void;
  /** The server's recording goes on. */
  OnResumeRemoteRecordSucc(record_id: string): void;
  /** -10361 not in a room; -10362 it does not pause; -10363 the server refused */
  OnResumeRemoteRecordFailed(record_id: string, err_code: number, err_msg: string): void;
  /** The server's recording is ended; `GetRecordInfo` tells when its file is there. */
  OnRemoteRecordOver(record_id: string): void;
  /** -12481 one stream, -12482 the whole fails while it is recorded */
  OnRemoteRecordingFailed(recordId: string, feedId: string, code: number, msg: string): void;
}
