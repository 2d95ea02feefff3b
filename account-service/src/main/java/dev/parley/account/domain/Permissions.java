package dev.parley.account.domain;

import static dev.parley.account.domain.Permissions.Reach.ALL;
import static dev.parley.account.domain.Permissions.Reach.COMPANY;
import static dev.parley.account.domain.Permissions.Reach.NONE;
import static dev.parley.account.domain.Permissions.Reach.SELF;

/**
 * Who may ask for what, and of whom: the one table, which {@code docs/security.md} shows and a test compares cell by cell. Pure. What it
 * cannot say stands in {@link Level#mayHandle}: nobody handles an account stronger than the own.
 */
public final class Permissions {
    /** How far a permission goes. */
    public enum Reach {
        NONE,
        /** The own account; for an application itself. */
        SELF,
        /** All of the own company. */
        COMPANY,
        ALL
    }

    private Permissions() {}

    /** No default branch in the lines: a new operation does not compile until it is decided here. */
    public static Reach of(Role role, Operation operation) {
        return switch (operation) {
            case SIGN_IN, RENEW_TOKEN, GET_GUEST_TOKEN, GET_SERVICE_TOKEN, READ_KEY_SET, GET_API_SIGN, DOCKING_LOGIN ->
                ALL;
            case READ_OWN_ACCOUNT, CHANGE_OWN_PASSWORD, SIGN_OUT -> signedIn(role) ? SELF : NONE;
            case LIST_SESSIONS, REVOKE_SESSION, CHANGE_USER -> administrated(role, SELF, SELF);
            case LIST_COMPANIES -> role == Role.ROOT || role == Role.SERVICE ? ALL : NONE;
            case READ_COMPANY -> seen(role, administrated(role, COMPANY, COMPANY), COMPANY);
            case CREATE_COMPANY, DELETE_COMPANY -> role == Role.ROOT ? ALL : NONE;
            case SEARCH_USERS -> seen(role, administrated(role, NONE, COMPANY), COMPANY);
            case READ_USER -> seen(role, administrated(role, SELF, COMPANY), COMPANY);
            case CHANGE_COMPANY,
                    CREATE_USER,
                    SET_LEVEL,
                    DELETE_USER,
                    RESET_PASSWORD,
                    CREATE_APPLICATION,
                    CHANGE_APPLICATION,
                    TEST_CALLBACK,
                    READ_APPLICATION_KEYS,
                    CHANGE_APPLICATION_KEYS,
                    READ_CREDENTIALS,
                    CHANGE_CREDENTIALS,
                    MAKE_SIGNATURE,
                    READ_ROOMS,
                    MODERATE_ROOM,
                    READ_RECORDINGS,
                    CHANGE_RECORDING,
                    READ_AUDIT -> administrated(role, NONE, NONE);
            case READ_APPLICATION, GET_ROOM_TOKEN -> seen(role, administrated(role, NONE, NONE), SELF);
            case VERIFY_SIGNATURE -> role == Role.APPLICATION ? SELF : administrated(role, NONE, NONE);
            case CHECK_SIGNATURE, CHECK_CREDENTIAL -> role == Role.SERVICE ? ALL : NONE;
            case READ_NODES, DRAIN_NODE, READ_TOKEN_KEYS, ROTATE_TOKEN_KEYS -> role == Role.ROOT ? ALL : NONE;
        };
    }

    private static boolean signedIn(Role role) {
        return role == Role.PARTICIPANT || role == Role.USER || role == Role.ADMIN || role == Role.ROOT;
    }

    /** What administrators have in their company and root everywhere. */
    private static Reach administrated(Role role, Reach participant, Reach user) {
        return switch (role) {
            case ROOT -> ALL;
            case ADMIN -> COMPANY;
            case USER -> user;
            case PARTICIPANT -> participant;
            case ANYONE, GUEST, APPLICATION, SERVICE -> NONE;
        };
    }

    /** What services read of everybody, and applications of their own. */
    private static Reach seen(Role role, Reach people, Reach application) {
        return switch (role) {
            case SERVICE -> ALL;
            case APPLICATION -> application;
            default -> people;
        };
    }
}
