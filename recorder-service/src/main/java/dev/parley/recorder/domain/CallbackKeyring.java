package dev.parley.recorder.domain;

import java.util.Optional;

/** The key by which an application's owner checks that a callback is ours. Thread safe. */
public interface CallbackKeyring {
    /** 64 hex digits, to be given to the application's owner; empty when callbacks are not signed here. */
    Optional<String> of(String bizName);
}
