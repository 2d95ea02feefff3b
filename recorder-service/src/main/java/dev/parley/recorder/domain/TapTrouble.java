package dev.parley.recorder.domain;

/** Why the tap of a recording that is to begin is not open; each has its start-up failure of MRTC section 3.3. */
public enum TapTrouble {
    /** Account gives no token, so that nobody can be asked for the room. */
    NO_TOKEN(EventCodes.ROOM_UNREACHABLE, "no service token could be had from account in time"),
    /** The relay does not let this recorder into the room. */
    NOT_ADMITTED(EventCodes.ROOM_REFUSED, "the media server did not let the recorder into the room"),
    /** The relay gives no streams of the room, for another reason. */
    NO_STREAMS(EventCodes.NOT_SUBSCRIBED, "the media server gave no streams of the room"),
    UNREACHABLE(EventCodes.MEDIA_SERVER, "the media server could not be reached in time");

    public final int eventCode;
    public final String text;

    TapTrouble(int eventCode, String text) {
        this.eventCode = eventCode;
        this.text = text;
    }
}
