package dev.parley.signaling.domain.port;

import dev.parley.contracts.account.ApplicationView;
import dev.parley.contracts.account.GuestTokenRequest;
import dev.parley.contracts.account.RoomTokenRequest;
import dev.parley.contracts.account.SignatureCheck;
import dev.parley.contracts.account.SignatureVerdict;
import dev.parley.contracts.account.TokenView;

/** What account is asked. All calls block, with a deadline. Errors: account's refusals; UNAVAILABLE when it does not answer. */
public interface Accounts {
    /** May be half a minute old. */
    ApplicationView application(String bizName);

    SignatureVerdict check(SignatureCheck signature);

    TokenView guest(GuestTokenRequest request);

    TokenView roomToken(RoomTokenRequest request);
}
