/** What the calls of McuController take. Names are those of the MRTC web SDK. */

/** `Connect` */
export interface ConnectConfig {
  /** My id, one per terminal within a `biz_name`; letters, digits, underscore, at most 128. A number is taken as its digits. */
  uid: string | number;
  /** Address of the server, such as `https://host:8101` or `wss://host:8101`. */
  room_server_url: string;
  /** The call application. */
  biz_name: string;
  /** The application's appId; "" = whatever it is. */
  sub_biz: string;
}

/** 1 audio and video, 2 audio only, 3 video only */
export type MediaType = 1 | 2 | 3;
/** 1 camera, 2 shared desktop, 3 file (picture, video, PDF), 4 region of the page */
export type PublishDevice = 1 | 2 | 3 | 4;
/** 1 = 1280x720, 2 = 640x480, 3 = 640x360, 4 = 720x1280, 5 = 360x640 */
export type VideoProfileType = 1 | 2 | 3 | 4 | 5;

/** Where one received feed is shown; `{}` receives nothing. */
export interface SubscribeSlot {
  /** id of a video tag */
  subscribe_video_id?: string;
  /** id of an audio tag */
  subscribe_audio_id?: string;
  /** id of a label that shows the sid */
  subscribe_streamId_id?: string;
  /** id of a label that shows the feedId */
  feedId_id?: string;
}

/** One stream to be published by itself. */
export interface PublishSlot {
  /** id of the video tag of the preview; not needed for audio only */
  publish_video_id?: string;
  /** id of a label that shows the sid */
  publish_streamId_id?: string;
  /** a name for the stream, for the others and for recording layouts */
  publish_tag?: string;
}

/** Which picture and sound to take. */
export interface SourceConfig {
  /** 1 audio and video, 2 audio only, 3 video only */
  media_type: MediaType;
  /** 1 camera, 2 shared desktop, 3 file (picture, video, PDF), 4 region of the page */
  publish_device: PublishDevice;
  /** most that the video may use, kbit/s; default 600 */
  publish_bitrate?: number;
  /** 1 = 1280x720, 2 = 640x480, 3 = 640x360, 4 = 720x1280, 5 = 360x640; default 3 */
  video_profile_type?: VideoProfileType;
  /** deviceId of the camera, with `publish_device` 1 */
  videoSource?: string;
  /** deviceId of the microphone, with `publish_device` 1 */
  audioSource?: string;
  /** the picture has exactly the ratio of `aspectRatio`; default false */
  aspectRatioStrongDepend?: boolean;
  /** 1 = 4:3, 2 = 16:9 */
  aspectRatio?: 1 | 2 | '1' | '2';
  /** with `publish_device` 3 */
  file?: File;
  /** id of the element to share, with `publish_device` 4 */
  part_of_screen_id?: string;
}

/** `InitRoomConfig` */
export interface InitRoomConfig extends Partial<SourceConfig> {
  /** 1 subscribe by itself, 2 publish by itself, 3 both, 4 neither */
  auto_publish_subscribe: 1 | 2 | 3 | 4;
  /** with 1 and 3: one slot per feed that is to be received */
  initSubscribe?: SubscribeSlot[];
  /** with 2 and 3: one element per stream that is to be published */
  initPublish?: PublishSlot[];
  /** the business's own id of the call; the room bears it as its name */
  third_id?: string;
  /** default false */
  need_volume_analyser?: boolean;
  /** `relay`: media goes through a relay (TURN) server only; default `all` */
  transport_?: 'all' | 'relay';
  /** another relay server: `turn:host:port`, with `?transport=tcp` if need be, or `user:password@host:port` */
  defaultTurnServer?: string;
  /** outer addresses of the relay server, such as `ip1;ip2` */
  ice_relay_ip_array?: string;
  /** 2 call (default), 3 live: needs `liveUrl` */
  publish_type?: 2 | 3;
  liveUrl?: string;
  /** the server records from the start; default false */
  defaultRecord?: boolean;
  /** without recording no call; default true */
  recordStrongDepend?: boolean;
  record_third_id?: string;
  recordParam?: RecordParam;
  /** needs `defaultRecord` */
  filePath?: string;
  /** These three are known from `Connect`; another value is refused. */
  bizName?: string;
  subBiz?: string;
  uid?: string | number;
}

/** `Publish` */
export interface PublishConfig extends SourceConfig, PublishSlot {
  /** default false */
  need_volume_analyser?: boolean;
}

/** `Subscribe` */
export interface SubscribeConfig extends SubscribeSlot {
  feedId: string;
  /** default false */
  need_volume_analyser?: boolean;
}

/** `ChangeMediaStream` */
export interface ChangeMediaConfig extends SourceConfig {
  /** of a stream that is published */
  sid: number | string;
}

/** `ChangeProfile` */
export interface ChangeProfileConfig {
  /** of a stream that is published */
  sid: number | string;
  /** 1 = 1280x720, 2 = 640x480, 3 = 640x360, 4 = 720x1280, 5 = 360x640 */
  video_profile_type?: VideoProfileType;
  local_video_width?: number;
  local_video_height?: number;
  videoSource?: string;
  audioSource?: string;
  aspectRatioStrongDepend?: boolean;
  aspectRatio?: 1 | 2 | '1' | '2';
}

/** What the server's recording looks like; absent fields have the defaults of docs/recording.md. */
export interface RecordParam {
  silentRecord?: boolean;
  width?: number;
  height?: number;
  fps?: number;
  sampleRate?: number;
  channels?: number;
  audioCodeRate?: number;
  startTimeout?: number;
  recordTotalStream?: number;
  splitType?: 0 | 1 | 2;
  splitFilePath?: string;
  recordFormat?: 1 | 2;
  layoutMode?: 0 | 1 | 2;
  multiModeType?: 1 | 2;
  rtWatermark?: 0 | 1 | 2 | 3 | 4;
  waterMark?: 0 | 1 | 2 | 3 | 4;
  waterMarkUrl?: string;
  textWatermark?: 0 | 1 | 2 | 3 | 4;
  text?: string;
  tagFilter?: string;
  /** tag to window, as an object or as its JSON text */
  tagPosition?: string | Record<string, number>;
  mixPosition?: { index: number; x_offset: number; y_offset: number; width: number; height: number }[];
  endType?: 0 | 1;
}

/** `StartVod` */
export interface VodParams {
  /** file of the VOD library */
  vodFile: string;
  /** seconds; default 5 */
  vodStartTimeout?: number;
}

/** `StartBrowserRecord` */
export interface BrowserRecordConfig {
  /** 1 audio and video, 2 audio only, 3 video only */
  media_type: MediaType;
  /** 1 all of the list, 2 my own of it, 3 those of others; default 1 */
  record_type?: 1 | 2 | 3;
  /** minutes between two `OnClientRecordBlob`; default 30 */
  time_slice?: number;
  video_profile?: { videoCodec?: 'h264' | 'vp8' | 'vp9'; frameRate?: number };
}

/** A feed, as callbacks tell of it. */
export interface FeedNews {
  /** of its publisher */
  uid: string;
  feedId: string;
  tag?: string;
  /** 101 when a played file publishes; of people not there */
  userType?: number;
}

/** One person of `OnRoomAttendanceList`. */
export interface Attendant {
  uid: string;
  /** 0 a person, 101 a file that is played */
  userType: 0 | 101;
  publish: { feedId: string; tag: string }[];
  subscribe: { feedId: string }[];
}

/** `OnGetDevicesSuccess` */
export interface DevicesInfo {
  cameras: { deviceId: string; label: string }[];
  microphones: { deviceId: string; label: string }[];
  speakers: { deviceId: string; label: string }[];
}

/** `OnRemoteRecordInfoSucc` */
export interface RecordInfo {
  recordId: string;
  /** 0 recording, 1 uploading, 2 done, 3 failed */
  status: 0 | 1 | 2 | 3;
  /** 1 local, 2 OSS, 3 AFTS, 4 HDFS; with status 2 */
  fileType?: 1 | 2 | 3 | 4;
  /** with status 2 */
  filePath?: string;
}

/** What a page does not need and a test may. */
export interface ControllerOptions {
  /** seconds before an operation counts as timed out; default 15 each, `vod` beyond `vodStartTimeout`; `media` (a connection comes up) 10, `stream` (the server's answer to publish and subscribe, its repetitions included) 30, `repair` (a connection that broke is back) 60 */
  timeouts?: { connect?: number; create?: number; join?: number; media?: number; record?: number; vod?: number; stream?: number; repair?: number };
  WebSocket?: typeof WebSocket;
}
