/**
 * The load client's sockets: Linux system calls by the Foreign Function and Memory API, apart from the relay's own so that a fault of one
 * cannot hide one of the other.
 */
package dev.parley.bench.load.net;
