/** The use cases: in which order rules, store and remote services are called. Blocking; runs on virtual threads. */
package dev.parley.signaling.app;
