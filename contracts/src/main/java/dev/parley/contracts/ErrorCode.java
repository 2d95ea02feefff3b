package dev.parley.contracts;

/**
 * Every error that Parley answers, over REST, WebSocket and events. A number is never reused or given another meaning; names and texts may
 * improve. Families: 1xxx rooms and participants, 2xxx nodes and media, 3xxx recording, 4xxx playback, 5xxx accounts and access, 9xxx the
 * request itself. Dialects map these to their own codes.
 */
public enum ErrorCode {
    /** The room holds as many participants as its capacity. Retry after someone has left. */
    ROOM_FULL(1001, 409, "The room is full; try again after someone has left."),
    /** The room is over and cannot be entered again. Do not retry. */
    ROOM_ENDED(1002, 410, "The room has ended; create a new one."),
    /** No room has this id in the caller's application. */
    ROOM_NOT_FOUND(1003, 404, "There is no such room; check the room id."),
    /** The rtoken given is not the room's. */
    ROOM_TOKEN_WRONG(1004, 403, "The room token is wrong; use the one that createRoom answered."),
    /** The room is locked; only a host may let others in. */
    ROOM_LOCKED(1005, 403, "The room is locked; ask its host to let you in."),
    /** The session is in no room; joinRoom first. */
    NOT_IN_ROOM(1006, 409, "You are in no room; send joinRoom first."),
    /** The session is in a room already; leaveRoom first. */
    ALREADY_IN_ROOM(1007, 409, "You are in a room already; send leaveRoom first."),
    /** No participant of the room has this id. */
    PARTICIPANT_NOT_FOUND(1008, 404, "There is no such participant in the room."),
    /** The room has no feed with this id (any more). */
    FEED_NOT_FOUND(1009, 404, "There is no such feed in the room; it may have been unpublished."),
    /** A feed with this tag and source is published already by the same participant. */
    FEED_EXISTS(1010, 409, "You publish this feed already; unpublish it first."),
    /** The caller's role or token does not allow the operation. */
    NOT_ALLOWED(1011, 403, "Your role or token does not allow this; ask a host."),
    /** No invitation with this id is open for the caller. */
    INVITATION_NOT_FOUND(1012, 404, "There is no such open invitation; it may have been answered or cancelled."),
    /** The room's limit of feeds, subscriptions or invitations is reached. */
    ROOM_LIMIT(1013, 409, "A limit of the room is reached; remove something first."),
    /** The room asks for a PIN and none or a wrong one was given. */
    PIN_REQUIRED(1014, 403, "The room needs a PIN; join again with the right one."),
    /** The room has not been started by its host. */
    ROOM_NOT_STARTED(1015, 409, "The room has not started; wait for its host."),
    /** The caller has offered no file with this id, has sent it already, or offered it too long ago. */
    FILE_NOT_FOUND(1016, 404, "There is no such file of yours to send; offer it anew."),
    /** The object store has nothing under the file's id, or not as many bytes as were offered. */
    FILE_NOT_UPLOADED(1017, 409, "The file is not in the store as it was offered; upload it whole, then send it."),
    /** Files of this type, or with this ending, are not passed on. */
    FILE_TYPE_REFUSED(1018, 415, "Files of this kind are not passed on here; send another kind."),

    /** No live node has this id: it never registered, or its heartbeats stopped. */
    NODE_NOT_FOUND(2001, 404, "There is no live node with this id; look the id up again."),
    /** No live node of the wanted kind can take work. */
    NO_NODE(2002, 503, "No media node is available; try again shortly or start one."),
    /** The SDP could not be understood or has nothing that the relay can use. */
    SDP_INVALID(
            2003, 400, "The session description cannot be used; send a complete offer with ICE and DTLS attributes."),
    /** The relay holds no such room. */
    RELAY_ROOM_NOT_FOUND(2004, 404, "The relay does not hold this room; open it first."),
    /** The relay holds no such transport. */
    TRANSPORT_NOT_FOUND(2005, 404, "There is no such transport; negotiate again."),
    /** The media server did not answer in time. */
    MEDIA_UNAVAILABLE(2006, 503, "The media server did not answer; try again."),

    /** No recording has this id in the caller's application. */
    RECORDING_NOT_FOUND(3001, 404, "There is no such recording."),
    /** The recording has ended already. */
    RECORDING_ENDED(3002, 409, "The recording has ended already."),
    /** A recording parameter is out of range. */
    RECORDING_PARAMETER(3003, 400, "A recording parameter is out of range; see the message."),
    /** What was asked needs the recording in another state: to pause it must record, to resume be paused, to delete be done. */
    RECORDING_STATE(3004, 409, "The recording is in another state; see the message."),

    /** No playback has this id. */
    PLAYBACK_NOT_FOUND(4001, 404, "There is no such playback."),
    /** The file to play is not in the store or cannot be played. */
    PLAYBACK_FILE(4002, 404, "The file to play was not found or cannot be played."),

    /** No token, or one that is not valid (any more). */
    TOKEN_INVALID(5001, 401, "The token is missing, wrong or expired; get a new one."),
    /** One answer for every way in which a signature can fail; the log holds the reason. */
    SIGNATURE_INVALID(5002, 401, "The signature is not valid; sign again with the application's key."),
    /** Account or password wrong; which of the two is not told. */
    SIGN_IN_FAILED(5003, 401, "Account or password is wrong."),
    /** No call application has this bizName. */
    APPLICATION_NOT_FOUND(5004, 404, "There is no such call application."),
    /** The name is taken. */
    NAME_TAKEN(5005, 409, "This name is taken; choose another."),
    /** The application does not let guests in. */
    GUESTS_NOT_ALLOWED(5006, 403, "This application does not admit guests; sign in."),
    /** The session is gone: grace time over, or replaced by another sign-in of the same user. */
    SESSION_GONE(5007, 410, "The session is over; connect anew."),
    /** The first message on a connection must be connect or resume. */
    NOT_CONNECTED(5008, 401, "Send connect or resume first."),
    /** Too many tries; wait. */
    TOO_MANY(5009, 429, "Too many requests; wait and try again."),

    /** No such user in a company that the caller may see. */
    USER_NOT_FOUND(5010, 404, "There is no such user; check company and number."),
    /** No such company, or one that the caller may not see. */
    COMPANY_NOT_FOUND(5011, 404, "There is no such company; check its id."),
    /** The old password is not the account's. */
    PASSWORD_WRONG(5012, 403, "The old password is wrong."),
    /** The new password is too short, too long or too simple. */
    PASSWORD_WEAK(
            5013,
            400,
            "Choose a password of at least 8 characters, at most 72 bytes, 4 of them different, and not the account's name."),
    /** No such session among those that the caller may see. */
    SESSION_NOT_FOUND(5014, 404, "There is no such session; it may be over."),
    /** The company still has users or applications. */
    COMPANY_IN_USE(5015, 409, "The company still has users or applications; delete those first."),
    /** No such key of the application. */
    KEY_NOT_FOUND(5016, 404, "There is no such key of this application; look the keys up again."),
    /** The key is of no kind that can be used, or its private half is not here. */
    KEY_UNUSABLE(
            5017,
            400,
            "Use an RSA key of 2048 to 4096 bits or an SM2 key; for temporary signatures, one that was made here."),
    /** An application has at most 8 keys and 8 credentials. */
    ACCOUNT_LIMIT(5018, 409, "The application holds as many of these as it may; delete one first."),
    /** One answer for every way in which an API credential can fail; the log holds the reason. */
    CREDENTIAL_INVALID(
            5019, 401, "The credential, sign or call signature is not valid; check secret, clock and nonce."),
    /** No such API credential of the application. */
    CREDENTIAL_NOT_FOUND(5020, 404, "There is no such credential of this application."),
    /** Third-party authentication is on and no code was given. */
    AUTH_CODE_MISSING(5021, 401, "The application checks its users with a code; give the one that its server issued."),
    /** A code was given and third-party authentication is off. */
    AUTH_CODE_UNEXPECTED(5022, 400, "The application checks no codes; leave it empty."),
    /** The third party could not be asked. */
    THIRD_PARTY_AWAY(
            5023, 502, "The business's own server did not answer as it should; try again, or ask its operator."),
    /** The third party said no. */
    THIRD_PARTY_REFUSED(5024, 403, "The business's own server refused this user."),
    /** There is nowhere to send a test callback to. */
    NO_CALLBACK_URL(5025, 409, "The application has no callback URL; set one first."),
    /** A request with the console's cookie that does not show what only the console's own page knows. */
    CROSS_SITE(5026, 403, "The request does not come from the console's own page; reload the page and try again."),

    /** The message or body is not what the protocol describes; the text names the field. */
    BAD_REQUEST(9001, 400, "The request is not understood; see the message."),
    /** No such message type. */
    UNKNOWN_TYPE(9002, 400, "There is no such message type; see the protocol page."),
    /** The message or body is larger than what takes it allows: 1 MiB over WebSocket; over REST the text says. */
    TOO_LARGE(9003, 413, "This is larger than allowed; send less."),
    /** A fault of the server; it has been logged under the id in the message. */
    INTERNAL(9004, 500, "The server failed; try again, and report the id if it persists."),
    /** What is needed behind the server does not answer. */
    UNAVAILABLE(9005, 503, "A part of the system is away; try again shortly."),
    /** No such resource. */
    NOT_FOUND(9006, 404, "There is nothing at this address.");

    /** What clients may rely on. */
    public final int number;
    /** The HTTP status that carries it over REST. */
    public final int httpStatus;
    /** What to do about it, in a sentence. */
    public final String advice;

    ErrorCode(int number, int httpStatus, String advice) {
        this.number = number;
        this.httpStatus = httpStatus;
        this.advice = advice;
    }
}
