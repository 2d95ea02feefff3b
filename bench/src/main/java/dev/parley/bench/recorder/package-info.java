/** {@code ./parley bench recorder}: films out of generated journals, by the recorder's composer and by FFmpeg alone. */
package dev.parley.bench.recorder;
