/** The recorder: taps rooms, keeps journals, makes films. See README.md. */
package dev.parley.recorder;
