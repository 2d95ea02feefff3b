import { CaptureError } from './capture.js';

/** @import {Capture} from './capture.js' */

/** Pictures per second of a source that does not move: enough for whoever comes late. */
const STILL_FPS = 5;
/** How long a page of a document is shown, milliseconds. */
const PAGE_MS = 10_000;

/**
 * A picture, a video, a sound or a PDF as a stream; a video begins anew at its end. PDF needs pdf.js in the page (`window.pdfjsLib`).
 *
 * @param {File} file
 * @param {{width: number, height: number}} size of the picture of a still source, which is fitted into it
 * @returns {Promise<Capture>}
 * @throws {CaptureError} file
 */
export async function fileSource(file, size) {
  try {
    if (file.type.startsWith('image/')) return await picture(file, size);
    if (file.type === 'application/pdf') return await pages(file, size);
    if (file.type.startsWith('video/') || file.type.startsWith('audio/')) return await film(file);
  } catch (error) {
    throw new CaptureError('file', `${file.name} cannot be shown: ${error instanceof Error ? error.message : error}`);
  }
  throw new CaptureError('file', `${file.name} is neither picture, video nor PDF.`);
}

/**
 * @param {File} file
 * @param {{width: number, height: number}} size
 */
async function picture(file, size) {
  const bitmap = await createImageBitmap(file);
  return painted(size, (canvas, context) => fit(canvas, context, bitmap, bitmap));
}

/**
 * @param {File} file
 * @param {{width: number, height: number}} size
 */
async function pages(file, size) {
  const pdfjs = /** @type {any} */ (globalThis).pdfjsLib;
  if (!pdfjs) throw new Error('load pdf.js into the page first');
  const text = await pdfjs.getDocument({ data: await file.arrayBuffer() }).promise;
  /** @type {HTMLCanvasElement[]} */
  const sheets = [];
  for (let i = 1; i <= text.numPages; i++) {
    const page = await text.getPage(i);
    const scale = Math.min(size.width / page.getViewport({ scale: 1 }).width, size.height / page.getViewport({ scale: 1 }).height);
    const viewport = page.getViewport({ scale });
    const sheet = Object.assign(document.createElement('canvas'), { width: viewport.width, height: viewport.height });
    await page.render({ canvasContext: sheet.getContext('2d'), viewport }).promise;
    sheets.push(sheet);
  }
  const from = Date.now();
  return painted(size, (canvas, context) => {
    const sheet = sheets[Math.floor((Date.now() - from) / PAGE_MS) % sheets.length];
    fit(canvas, context, sheet, sheet);
  });
}

/** @param {File} file */
async function film(file) {
  const video = document.createElement('video');
  const url = URL.createObjectURL(file);
  Object.assign(video, { src: url, loop: true, playsInline: true });
  // Its sound goes into the stream and not to the loudspeaker of who shares it.
  const audio = new AudioContext();
  const sink = audio.createMediaStreamDestination();
  audio.createMediaElementSource(video).connect(sink);
  await video.play();
  const stream = /** @type {any} */ (video).captureStream();
  const sound = stream.getAudioTracks().length > 0;
  for (const track of stream.getAudioTracks()) stream.removeTrack(track);
  if (sound) sink.stream.getAudioTracks().forEach((track) => stream.addTrack(track));
  return {
    stream,
    close() {
      video.pause();
      for (const track of stream.getTracks()) track.stop();
      URL.revokeObjectURL(url);
      void audio.close();
    },
  };
}

/**
 * A canvas that is painted again and again, as a stream.
 *
 * @param {{width: number, height: number}} size
 * @param {(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D) => void} paint
 * @param {number} [fps]
 * @returns {Capture}
 */
export function painted(size, paint, fps = STILL_FPS) {
  const canvas = Object.assign(document.createElement('canvas'), size);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const stream = canvas.captureStream(fps);
  const again = () => paint(canvas, context);
  again();
  const timer = setInterval(again, 1000 / fps);
  return {
    stream,
    close() {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
    },
  };
}

/**
 * Paints the whole picture, as large as the canvas allows, on black.
 *
 * @param {{width: number, height: number}} canvas
 * @param {CanvasRenderingContext2D} context
 * @param {CanvasImageSource} image
 * @param {{width: number, height: number}} size of the image
 */
export function fit(canvas, context, image, size) {
  const scale = Math.min(canvas.width / size.width, canvas.height / size.height);
  const [width, height] = [size.width * scale, size.height * scale];
  context.fillStyle = 'black';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
}
