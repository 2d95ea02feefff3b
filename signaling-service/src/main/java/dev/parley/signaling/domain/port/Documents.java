package dev.parley.signaling.domain.port;

/** Domain records to and from their JSON text, the same for the store and the wire. Thread-safe. */
public interface Documents {
    String write(Object value);

    <T> T read(String text, Class<T> type);
}
