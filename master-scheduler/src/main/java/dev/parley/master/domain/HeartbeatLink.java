package dev.parley.master.domain;

/** The way by which heartbeats come. */
public interface HeartbeatLink {
    /** Whether heartbeats arrive as they are written: while not, nobody is declared lost. Any thread. */
    boolean linkUp();
}
