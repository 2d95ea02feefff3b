import { player, save } from './page.js';

/**
 * @param {MediaStream} stream
 * @param {{videoId?: string, width?: number, height?: number, type?: number}} wanted `type` 1 PNG, 2 JPEG
 * @returns {Promise<Blob | null>} null when the stream shows nothing
 */
export async function takePicture(stream, { videoId, width, height, type = 1 }) {
  const [track] = stream.getVideoTracks();
  if (!track) return null;
  const shown = player(videoId);
  const video = await playing(stream);
  const box = shown?.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width || box?.width || video.videoWidth);
  canvas.height = Math.round(height || box?.height || video.videoHeight);
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  video.srcObject = null;
  const mime = type === 2 ? 'image/jpeg' : 'image/png';
  /** @type {Blob | null} */
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, mime));
  if (blob) save(blob, `picture-${Date.now()}.${type === 2 ? 'jpg' : 'png'}`);
  return blob;
}

/** @param {MediaStream} stream */
async function playing(stream) {
  const video = document.createElement('video');
  Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
    const ready = new Promise((resolve) => video.addEventListener('loadeddata', resolve, { once: true }));
    await video.play();
    await ready;
  }
  return video;
}
