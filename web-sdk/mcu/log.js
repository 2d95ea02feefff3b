/** As many lines are kept, the newest. */
export const LINES_MAX = 10_000;

/** What the SDK did and heard, for whoever has to find out why a call went wrong. */
export class Log {
  /** @type {string[]} */
  #lines = [];
  /** Where the oldest line stands once the buffer is full. */
  #oldest = 0;

  /**
   * @param {string} what
   * @param {...unknown} details
   */
  add(what, ...details) {
    const line = [new Date().toISOString(), what, ...details.map(text)].join(' ');
    if (this.#lines.length < LINES_MAX) {
      this.#lines.push(line);
    } else {
      this.#lines[this.#oldest] = line;
      this.#oldest = (this.#oldest + 1) % LINES_MAX;
    }
  }

  /** @returns {string[]} oldest first */
  lines() {
    return [...this.#lines.slice(this.#oldest), ...this.#lines.slice(0, this.#oldest)];
  }
}

/** @param {unknown} value */
function text(value) {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
