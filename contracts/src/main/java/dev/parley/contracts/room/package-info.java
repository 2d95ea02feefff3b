/** Rooms, as signaling tells of them. */
package dev.parley.contracts.room;
