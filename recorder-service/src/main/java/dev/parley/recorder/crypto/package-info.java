/** Keys and ciphers: what the suite's master key seals and signs. */
package dev.parley.recorder.crypto;
