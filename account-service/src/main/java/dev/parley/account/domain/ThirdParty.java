package dev.parley.account.domain;

/** A business's own authentication endpoint, and its callback endpoint. Calls wait; at most a few seconds. */
public interface ThirdParty {
    /** What it said of a user. */
    sealed interface Word {
        /** Vouched for; each part "" when not given. */
        record Yes(String userName, String avatar, String job, String email) implements Word {}

        record No(String why) implements Word {}

        /** No answer, none that is understood, or an address that may not be called. */
        record Away(String why) implements Word {}
    }

    /** @param secret the credential's: the request is signed with it @param authCode "" when none */
    Word vouch(Credential credential, String secret, String account, String authCode);

    /** @param delivered whether it was acknowledged as MRTC-RCB-03 says */
    record Delivery(boolean delivered, int status, long millis, String message) {}

    /** Posts a recording callback as the recorder would, signed with the application's callback key. */
    Delivery post(String url, String bizName, String bizRequestId, String body);
}
