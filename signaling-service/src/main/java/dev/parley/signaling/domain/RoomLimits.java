package dev.parley.signaling.domain;

/**
 * The most that a room may hold. Everything a client can make grow has a figure here.
 *
 * @param capacityMax       largest capacity that a room may be created with
 * @param feedsMax          feeds of one participant
 * @param subscriptionsMax  feeds that one participant receives
 * @param recordingsMax     recordings that are live at once
 * @param playbacksMax      files that are played at once
 * @param emptyGraceMs      how long an empty room stays, milliseconds
 * @param files             what may be sent
 */
public record RoomLimits(
        int capacityMax,
        int feedsMax,
        int subscriptionsMax,
        int recordingsMax,
        int playbacksMax,
        long emptyGraceMs,
        FileLimits files) {}
