package dev.parley.contracts.account;

/**
 * Answer to a {@link DockingLogin}, with the manual's numbers.
 *
 * @param result  {@link #OK} to {@link #NOT_REGISTERED}
 * @param session null unless result is 0
 */
public record DockingAnswer(int result, SignedIn session, CompanyView organisation) {
    public static final int OK = 0;
    /** The company is unknown or disabled. */
    public static final int COMPANY = 1;
    /** Sign or appkey is not good. */
    public static final int APPKEY = 2;
    /** The third party's endpoint refused the user or did not answer. */
    public static final int CALLBACK = 3;
    /** The account cannot be registered: there is a local account of this name. */
    public static final int NOT_REGISTERED = 4;

    public static DockingAnswer failed(int result) {
        return new DockingAnswer(result, null, null);
    }
}
