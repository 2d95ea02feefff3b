/** REST in, tokens, errors, health and figures of the relay. */
package dev.parley.relay.api;
