// The script for pages that load no modules: <script src="/sdk/mcu/mcu.js"></script> sets window.McuController at once. What does the work is a module, which this
// loads; calls made meanwhile wait for it, in their order. The names are those of names.js (a test compares them).
(() => {
  const calls = `
    Connect Disconnect InitRoomConfig CreateRoom JoinRoom Invite ReplyInvite LeaveRoom Publish Subscribe SetLocalAudioEnable SetLocalVideoEnable
    SetLocalCodecType SetLocalProtoType TakePicture StopRecord PauseRecord ResumeRecord DownloadRecord StartRemoteRecord StopRemoteRecord
    GetRecordInfo UnPublish UnSubscribe SendTextMsg SetPublishWeakBitrateLimit SetSubscribeWeakBitrateLimit StartVod StopVod DownloadLog
    ChangeMediaStream ChangeProfile GetDevices StartBrowserRecord PauseRemoteRecord ResumeRemoteRecord
    StartRecord StartAsr StopAsr StartTts StopTts
  `;
  const callbacks = `
    OnConnectOK OnConnectFailed OnGetSign OnInitRoomConfigOK OnInitRoomConfigFail OnMediaCallSucc OnMediaCallFail OnCreateRoomSucc OnCreateRoomFailed
    OnJoinRoomSucc OnJoinRoomFailed OnInviteOK OnInviteFail OnReplyInviteOK OnReplyInviteFail OnInviteRequest OnInviteReply OnRoomAttendanceList
    OnNewJoinerIn OnPublishSucc OnPublishFailed OnSubscribeSucc OnSubscribeFailed OnNewPublish OnNewSubscribe OnUnPublishSucc OnUnSubscribeSucc
    OnUnPublish OnUnSubscribe OnMediaClose OnSendTextMsgSucc OnSendTextMsgFailed OnReceiveTextMsg OnLeaveRoom OnParticipantLeaveRoom OnConnectClose
    OnNetworkWeak OnStartVodSuccess OnStartVodFail OnStopVodSuccess OnStopVodFail OnVodOver OnVolumeAnalyser OnClientStartRecordSuccess
    OnClientStartRecordFailed OnClientStopRecordSuccess OnClientStopRecordFailed OnClientPauseRecordSuccess OnClientPauseRecordFailed
    OnClientResumeRecordSuccess OnClientResumeRecordFailed OnClientDownloadRecordSuccess OnClientDownloadRecordFailed OnGetDevicesSuccess
    OnGetDevicesFailed OnChangeMediaStreamSuccess OnChangeMediaStreamFailed OnClientRecordBlob OnInitRemoteRecordSucc OnStartRemoteRecordSucc
    OnStartRemoteRecordFailed OnStopRemoteRecordSucc OnStopRemoteRecordFailed OnRemoteRecordInfoSucc OnRemoteRecordInfoFailed OnPauseRemoteRecordSucc
    OnPauseRemoteRecordFailed OnResumeRemoteRecordSucc OnResumeRemoteRecordFailed OnRemoteRecordOver OnRemoteRecordingFailed
  `;
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const loading = import(new URL('index.js', script.src).href);
  loading.catch((error) => console.error(`McuController cannot be loaded from ${script.src}`, error));

  class McuController {
    /** @type {Promise<any>} */
    #work;

    /** @param {object} [options] */
    constructor(options) {
      this.#work = loading.then((module) => new module.McuController(options, this));
    }

    /**
     * @param {string} name
     * @param {unknown[]} args
     */
    async #call(name, args) {
      return (await this.#work)[name](...args);
    }

    static {
      const prototype = /** @type {any} */ (McuController.prototype);
      for (const name of calls.trim().split(/\s+/)) {
        prototype[name] = /** @this {McuController} */ function (/** @type {unknown[]} */ ...args) {
          return this.#call(name, args);
        };
      }
      const unset = Symbol.for('parley.mcu.unset');
      for (const name of callbacks.trim().split(/\s+/)) prototype[name] = Object.assign(() => {}, { [unset]: true });
    }
  }

  /** @type {any} */ (window).McuController = McuController;
})();
