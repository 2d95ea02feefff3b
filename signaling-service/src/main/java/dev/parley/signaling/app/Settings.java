package dev.parley.signaling.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Settings under {@code parley.signaling}. An unknown one stops the start. */
@ConfigMapping(prefix = "parley.signaling")
public interface Settings {
    /** Stable name of this copy, at most 64 characters. */
    @WithDefault("signaling-1")
    String nodeId();

    /** How long a participant without a socket stays, seconds. */
    @WithDefault("30")
    int graceSeconds();

    /** How long an empty room stays, seconds. */
    @WithDefault("60")
    int emptyGraceSeconds();

    /** How often clients are to ping, seconds; three times that in silence closes the socket. */
    @WithDefault("10")
    int heartbeatSeconds();

    /** After how long a silent copy counts as dead, milliseconds. */
    @WithDefault("3000")
    long copyStaleMs();

    /** How often deadlines are looked at, milliseconds. */
    @WithDefault("1000")
    long sweepMs();

    /** STUN and TURN servers for clients, such as {@code turn:turn.example.org:3478}. */
    Optional<List<String>> iceServers();

    Optional<String> iceUsername();

    Optional<String> iceCredential();

    /** Which browser pages of other origins may use WHIP and WHEP; {@code *} = all, they need a token anyway. */
    @WithDefault("*")
    String whipOrigins();

    Limits limits();

    Files files();

    S3 s3();

    /** Files that people send each other. */
    interface Files {
        /** Of one file, bytes. */
        @WithDefault("104857600")
        long bytesMax();

        /** See {@link dev.parley.signaling.domain.FileLimits}; absent = all but those denied. */
        Optional<List<String>> typesAllowed();

        /** What runs when it is opened; more for the careless than against the wicked, who rename it. */
        @WithDefault(".exe,.com,.scr,.pif,.bat,.cmd,.msi,.ps1,.vbs,.vbe,.js,.jse,.wsf,.wsh,.hta,.cpl,.lnk,.reg,.jar")
        Optional<List<String>> typesDenied();

        /** Files that one participant may have offered and not yet sent. */
        @WithDefault("32")
        int offersPerParticipant();

        /** Within which an upload must begin, seconds. */
        @WithDefault("900")
        long uploadSeconds();

        /** How long a link leads to its file, seconds, at most 7 days. */
        @WithDefault("86400")
        long linkSeconds();
    }

    /** The object store. */
    interface S3 {
        String url();

        /** The same store as clients reach it; also what the pages may talk to besides this service. */
        String publicUrl();

        String region();

        String accessKey();

        String secretKey();

        String bucket();
    }

    /** The most that clients can make grow. */
    interface Limits {
        @WithDefault("1000")
        int capacityMax();

        @WithDefault("8")
        int feedsPerParticipant();

        @WithDefault("256")
        int subscriptionsPerParticipant();

        @WithDefault("8")
        int recordingsPerRoom();

        @WithDefault("4")
        int playbacksPerRoom();

        @WithDefault("20")
        int ringingPerInviter();

        /** Messages that may wait for a slow client before its socket is closed; it can resume. */
        @WithDefault("2000")
        int pushesQueued();

        /** The same in bytes. */
        @WithDefault("4194304")
        long bytesQueued();

        /** Messages that a connection may send per second, for longer; what is beyond is refused with TOO_MANY. At least 1. */
        @WithDefault("50")
        int messagesPerSecond();

        /** Messages that it may send at once after a silence. At least 1. */
        @WithDefault("200")
        int messagesBurst();

        /** How many pushes a resume may be behind before it gets a snapshot instead. */
        @WithDefault("500")
        int resumeBehind();

        @WithDefault("5000")
        int connectionsMax();
    }
}
