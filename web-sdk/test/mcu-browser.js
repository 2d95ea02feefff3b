import { FakeBrowser } from './fake-browser.js';
import { McuPage } from './mcu-page.js';

export const CAMERA_AND_MICROPHONE = { media_type: 1, publish_device: 1, publish_video_id: 'preview' };

/** A page in a browser with devices, before a server that takes what is published and gives what is subscribed. */
export class BrowserPage extends McuPage {
  browser = new FakeBrowser().install();

  static async open() {
    const server = await McuPage.serve();
    let feeds = 0;
    Object.assign(server.answers, {
      publish: () => ({ feedId: `mine${++feeds}`, sdp: 'v=0' }),
      unpublish: () => ({ sdp: 'v=0' }),
      subscribe: () => ({ sdp: 'v=0' }),
      unsubscribe: () => ({ sdp: 'v=0' }),
      renegotiate: () => ({ sdp: 'v=0' }),
      mute: () => ({}),
    });
    return new BrowserPage(server);
  }

  /** @returns {Promise<number>} sid of a stream that is published */
  async publishes(config = {}) {
    this.mcu.Publish({ ...CAMERA_AND_MICROPHONE, ...config });
    const [sid] = await this.hears('OnMediaCallSucc');
    await this.hears('OnPublishSucc', sid);
    return sid;
  }

  /** @returns {Promise<number>} sid of a feed that is received */
  async receives(feedId = 'f1') {
    this.mcu.Subscribe({ feedId, subscribe_video_id: `video-${feedId}`, subscribe_audio_id: `audio-${feedId}` });
    return Number((await this.hears('OnSubscribeSucc'))[1]);
  }

  /**
   * Something that happens without a word to the page.
   *
   * @param {() => any} condition
   */
  async until(condition) {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** @override */
  async close() {
    await super.close();
    this.browser.close();
  }
}
