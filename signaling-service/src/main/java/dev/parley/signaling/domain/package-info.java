/**
 * The rules of rooms, calls and who may do what: plain Java. A rule is a function of a state and a command; time, new ids and what remote
 * services answered come in as data, so that every course of events can be replayed from a seed. What the rules need from outside stands
 * in {@code domain.port}.
 */
package dev.parley.signaling.domain;
