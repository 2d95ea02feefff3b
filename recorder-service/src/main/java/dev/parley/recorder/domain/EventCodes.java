package dev.parley.recorder.domain;

/** Event codes of recordings, MRTC section 3.3; the numbers are the manual's. */
public final class EventCodes {
    /** A stream is being recorded. */
    public static final int STREAM = 0;
    /** The recorder is ready. */
    public static final int INITIALISED = 10;
    /** The recording was stopped; the file is being made. */
    public static final int ENDED = 11;
    /** A result file, or that there is none. */
    public static final int RESULT = 99;

    public static final int WARNING = 50;
    /** Private codes: the manual says that pausing is reported and gives no code (MRTC-AMB-22). */
    public static final int PAUSED = 60;

    public static final int RESUMED = 61;
    public static final int STREAM_DISCONNECTED = 500301;
    /** A camera shows a slide show. */
    public static final int LOW_FRAME_RATE = 500302;
    /** Nobody could be asked for the room. */
    public static final int ROOM_UNREACHABLE = 100001;
    /** The room does not let the recorder in. */
    public static final int ROOM_REFUSED = 100002;

    public static final int NOT_SUBSCRIBED = 100003;
    public static final int TOO_FEW_STREAMS = 100004;
    /** The relay could not be reached in time. */
    public static final int MEDIA_SERVER = 100005;
    /** A picture that was there at the start is a strip. */
    public static final int ASPECT_RATIO = 100006;
    /** There were more pictures at the start than windows were asked for. */
    public static final int TOO_MANY_PICTURES = 100007;

    public static final int FILE_CREATION = 100101;
    public static final int CONVERSION = 100102;
    public static final int FILE_SAVE = 100103;
    /** The film is made, its sound or picture alone is not. */
    public static final int SEPARATION = 100104;

    public static final int CHILD_CRASHED = 100105;
    public static final int DISK_FULL = 100106;
    public static final int UPLOAD = 100201;

    private EventCodes() {}
}
