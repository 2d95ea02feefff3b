package dev.parley.account.domain;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The other services of the suite, asked over their REST interfaces as this service. What they may be asked for whom is decided before, by
 * {@link Permissions}. Blocking; thread safe. Errors: those that the other service answers, with their own codes; UNAVAILABLE when it does not.
 */
public interface Peers {
    enum Peer {
        SIGNALING,
        MASTER,
        RECORDER
    }

    /** @param body null = none @param answer of contracts, or {@code Map} for what is passed on as it is */
    <T> T ask(Peer peer, String method, String path, Object body, Class<T> answer);

    /** The same of a node, whose address a service has told. @param base such as {@code http://127.0.0.1:7103} */
    <T> T askNode(String base, String path, Class<T> answer);

    /**
     * A file by the signed address that the recorder told.
     *
     * @param range of the request (RFC 9110 section 14.2), null = all
     */
    Download fetch(String url, String range);

    /** @param headers those of the answer that say what and how much of it comes @param content to be closed */
    record Download(int status, Map<String, List<String>> headers, InputStream content) {}
}
