package dev.parley.signaling.api.ws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What of a message is needed to refuse it unread.
 *
 * @param id  of the request, or {@link #NO_ID}
 * @param ack whether it is an acknowledgement, which is never answered
 */
record Envelope(long id, boolean ack) {
    static final long NO_ID = 0;
    /** More than the envelope of docs/protocol.md has. */
    private static final int FIELDS_LOOKED_AT = 8;

    private static final JsonFactory JSON = new JsonFactory();

    /** Looks at the first fields only, and builds nothing of their values. What is not JSON has no id. */
    static Envelope of(String message) {
        long id = NO_ID;
        boolean ack = false;
        try (var in = JSON.createParser(message)) {
            if (in.nextToken() != JsonToken.START_OBJECT) return new Envelope(NO_ID, false);
            for (int i = 0; i < FIELDS_LOOKED_AT && in.nextToken() == JsonToken.FIELD_NAME; i++) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if (name.equals("id") && value == JsonToken.VALUE_NUMBER_INT) {
                    id = Math.max(NO_ID, in.getLongValue());
                    break; // an acknowledgement has none
                }
                if (name.equals("type"))
                    ack = value == JsonToken.VALUE_STRING && in.getText().equals("ack");
                in.skipChildren();
            }
        } catch (IOException _) {
            // cut short or garbage: what was found before it counts
        }
        return new Envelope(id, ack && id == NO_ID);
    }
}
