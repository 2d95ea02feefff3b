package dev.parley.account.domain;

/** What can be asked of this service: one line of {@link Permissions}. */
public enum Operation {
    SIGN_IN(Trace.OUTCOME),
    RENEW_TOKEN(Trace.NONE),
    GET_GUEST_TOKEN(Trace.NONE),
    GET_SERVICE_TOKEN(Trace.NONE),
    READ_KEY_SET(Trace.NONE),
    GET_API_SIGN(Trace.OUTCOME),
    DOCKING_LOGIN(Trace.OUTCOME),

    READ_OWN_ACCOUNT(Trace.NONE),
    CHANGE_OWN_PASSWORD(Trace.WHOLE),
    SIGN_OUT(Trace.WHOLE),
    LIST_SESSIONS(Trace.NONE),
    REVOKE_SESSION(Trace.WHOLE),

    LIST_COMPANIES(Trace.NONE),
    READ_COMPANY(Trace.NONE),
    CREATE_COMPANY(Trace.WHOLE),
    CHANGE_COMPANY(Trace.WHOLE),
    DELETE_COMPANY(Trace.WHOLE),

    SEARCH_USERS(Trace.NONE),
    READ_USER(Trace.NONE),
    CREATE_USER(Trace.WHOLE),
    CHANGE_USER(Trace.WHOLE),
    SET_LEVEL(Trace.WHOLE),
    DELETE_USER(Trace.WHOLE),
    RESET_PASSWORD(Trace.WHOLE),

    READ_APPLICATION(Trace.NONE),
    CREATE_APPLICATION(Trace.WHOLE),
    CHANGE_APPLICATION(Trace.WHOLE),
    TEST_CALLBACK(Trace.WHOLE),
    READ_APPLICATION_KEYS(Trace.NONE),
    CHANGE_APPLICATION_KEYS(Trace.WHOLE),
    READ_CREDENTIALS(Trace.NONE),
    CHANGE_CREDENTIALS(Trace.WHOLE),
    MAKE_SIGNATURE(Trace.WHOLE),
    VERIFY_SIGNATURE(Trace.NONE),
    GET_ROOM_TOKEN(Trace.WHOLE),

    CHECK_SIGNATURE(Trace.NONE),
    CHECK_CREDENTIAL(Trace.NONE),

    READ_ROOMS(Trace.NONE),
    MODERATE_ROOM(Trace.WHOLE),
    READ_NODES(Trace.NONE),
    DRAIN_NODE(Trace.WHOLE),
    READ_RECORDINGS(Trace.NONE),
    CHANGE_RECORDING(Trace.WHOLE),

    READ_AUDIT(Trace.NONE),
    READ_TOKEN_KEYS(Trace.NONE),
    ROTATE_TOKEN_KEYS(Trace.WHOLE);

    /** What of it is written into the audit log. */
    public enum Trace {
        NONE,
        /** What became of it, when it went well or somebody showed a wrong secret: the caller is not known before. */
        OUTCOME,
        /** That it was asked, before it is done; and what became of it. */
        WHOLE
    }

    public final Trace trace;

    Operation(Trace trace) {
        this.trace = trace;
    }
}
