/** What the rules and use cases need from outside; implemented in {@code client}. */
package dev.parley.signaling.domain.port;
