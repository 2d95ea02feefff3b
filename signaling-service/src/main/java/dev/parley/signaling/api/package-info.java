/** Where requests and events come in: translated to commands, decided elsewhere. */
package dev.parley.signaling.api;
