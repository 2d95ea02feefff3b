package dev.parley.signaling.domain.port;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where the bytes of sent files are. Clients put and fetch them there themselves, by addresses that are signed for one object, one purpose
 * and some time. All calls block, but for the two that make addresses, which ask nobody. Errors: UNAVAILABLE when the store is away.
 */
public interface FileStore {
    /** Where exactly so many bytes can be PUT, if the upload begins within this time, at most 7 days. */
    String uploadUrl(String key, long bytes, Duration validity);

    /** Where a browser fetches it to save it under this name, never to show it. @param validity at most 7 days */
    String downloadUrl(String key, String name, Duration validity);

    /** How many bytes it has; empty when it is not there. */
    OptionalLong bytes(String key);

    /** The folders right below this one. Both end with a slash. */
    List<String> folders(String folder);

    /** With all that is below it. @param folder ends with a slash */
    void delete(String folder);
}
