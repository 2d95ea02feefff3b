import { painted } from './file-source.js';

/** Pictures per second of a region, and how often its text and colours are drawn anew; videos and canvases in it move at the first. */
const FPS = 10;
const DRAW_MS = 500;
const SIDE_MAX = 1920;

/**
 * A region of the page as a stream: its elements with their styles are drawn by the browser itself (SVG foreignObject), and what moves in it, videos and canvases,
 * is painted on top. Pictures of other sites are left out, as a browser gives no page their content.
 *
 * @param {HTMLElement} element
 * @returns {import('./capture.js').Capture}
 */
export function regionSource(element) {
  const box = element.getBoundingClientRect();
  const size = { width: even(Math.min(box.width, SIDE_MAX)), height: even(Math.min(box.height, SIDE_MAX)) };
  /** @type {HTMLImageElement | null} */
  let still = null;
  let busy = false;
  const draw = () => {
    if (busy) return;
    busy = true;
    imageOf(element, size)
      .then((image) => (still = image))
      .catch(() => {}) // the last one stays
      .finally(() => (busy = false));
  };
  draw();
  const timer = setInterval(draw, DRAW_MS);
  const capture = painted(
    size,
    (canvas, context) => {
      context.fillStyle = 'white';
      context.fillRect(0, 0, canvas.width, canvas.height);
      if (still) context.drawImage(still, 0, 0);
      const origin = element.getBoundingClientRect();
      for (const moving of element.querySelectorAll('video, canvas')) {
        const at = moving.getBoundingClientRect();
        try {
          const picture = /** @type {HTMLVideoElement | HTMLCanvasElement} */ (moving);
          context.drawImage(picture, at.left - origin.left, at.top - origin.top, at.width, at.height);
        } catch {
          // has no picture yet
        }
      }
    },
    FPS,
  );
  return {
    stream: capture.stream,
    close() {
      clearInterval(timer);
      capture.close();
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {{width: number, height: number}} size
 * @returns {Promise<HTMLImageElement>}
 */
async function imageOf(element, size) {
  const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
  style(element, copy);
  copy.style.margin = '0';
  for (const outside of copy.querySelectorAll('script, link, iframe, video, audio, canvas, img')) {
    const hole = document.createElement('span');
    hole.style.cssText = /** @type {HTMLElement} */ (outside).style.cssText;
    outside.replaceWith(hole);
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/1999/xhtml');
  const body = new XMLSerializer().serializeToString(copy);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"><foreignObject width="100%" height="100%">${body}</foreignObject></svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

/**
 * The copy stands outside the page's style sheets: it gets every style by itself.
 *
 * @param {Element} from
 * @param {Element} to
 */
function style(from, to) {
  const computed = getComputedStyle(from);
  let text = '';
  for (const name of computed) text += `${name}:${computed.getPropertyValue(name)};`;
  to.setAttribute('style', text);
  for (let i = 0; i < from.children.length; i++) style(from.children[i], to.children[i]);
}

/** @param {number} pixels */
function even(pixels) {
  return Math.max(2, 2 * Math.round(pixels / 2));
}
