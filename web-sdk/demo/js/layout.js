/** @typedef {{left: number, top: number, width: number, height: number}} Box pixels */

/** Between tiles, pixels. */
const GAP = 8;
/** A tile is never wider than this... */
const WIDEST = 16 / 9;
/** ...and never narrower, width to height: cameras are wide, and what does not fit is cut off at the sides. */
const NARROWEST = { lying: 4 / 3, upright: 3 / 4, alone: 9 / 16 };
/** What the strip beside a large tile takes of the stage. */
const STRIP = 0.22;
/** Shown beside a large tile; more would be too small to see. */
const STRIP_MOST = 6;

/**
 * Places tiles so that they are as large as the stage allows, in rows of the same size, the last row in the middle.
 *
 * @param {number} count 1 or more
 * @param {number} width of the stage, pixels
 * @param {number} height of the stage, pixels
 * @returns {Box[]}
 */
export function grid(count, width, height) {
  const narrowest = width >= height ? NARROWEST.lying : count === 1 ? NARROWEST.alone : NARROWEST.upright;
  let best = { columns: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const size = fit((width - GAP * (columns - 1)) / columns, (height - GAP * (rows - 1)) / rows, narrowest);
    if (size.width * size.height > best.width * best.height * 1.0001) best = { columns, ...size };
  }
  const rows = Math.ceil(count / best.columns);
  const perRow = Math.ceil(count / rows); // 5 in 3 columns: 3 and 2; 7 in 4: 4 and 3
  const top = (height - rows * best.height - GAP * (rows - 1)) / 2;
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / perRow);
    const inRow = Math.min(perRow, count - row * perRow);
    const left = (width - inRow * best.width - GAP * (inRow - 1)) / 2;
    return {
      left: left + (i % perRow) * (best.width + GAP),
      top: top + row * (best.height + GAP),
      width: best.width,
      height: best.height,
    };
  });
}

/**
 * One large tile and the others in a strip: beside it, or below it where the stage is upright.
 *
 * @param {number} others how many beside the large one
 * @param {number} width
 * @param {number} height
 * @returns {{large: Box, strip: Box[]}} `strip` may be shorter than `others`: the rest is not shown
 */
export function spotlight(others, width, height) {
  const shown = Math.min(others, STRIP_MOST);
  if (shown === 0) return { large: { left: 0, top: 0, width, height }, strip: [] };
  if (width >= height) {
    const stripWidth = Math.min(260, Math.max(140, width * STRIP));
    const large = { left: 0, top: 0, width: width - stripWidth - GAP, height };
    return { large, strip: grid(shown, stripWidth, height).map((box) => ({ ...box, left: box.left + large.width + GAP })) };
  }
  const stripHeight = Math.min(180, height * STRIP);
  const large = { left: 0, top: 0, width, height: height - stripHeight - GAP };
  return { large, strip: grid(shown, width, stripHeight).map((box) => ({ ...box, top: box.top + large.height + GAP })) };
}

/**
 * The largest tile in a cell.
 *
 * @param {number} width
 * @param {number} height
 * @param {number} narrowest
 */
function fit(width, height, narrowest) {
  if (width <= 0 || height <= 0) return { width: 0, height: 0 };
  if (width / height > WIDEST) return { width: height * WIDEST, height };
  if (width / height < narrowest) return { width, height: width / narrowest };
  return { width, height };
}
