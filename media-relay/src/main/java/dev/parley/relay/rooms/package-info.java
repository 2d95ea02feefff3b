/** The rooms of this relay as running things: each tied to its media loop, its transports, its tap. Between the domain and everything outside. */
package dev.parley.relay.rooms;
