package dev.parley.signaling.domain;

/**
 * Where the room's media lives.
 *
 * @param generation 0 = nowhere yet; grows with every move
 * @param url        base of the relay's REST interface
 */
public record MediaPlace(long generation, String nodeId, String url) {
    public static final MediaPlace NOWHERE = new MediaPlace(0, "", "");

    public boolean isSet() {
        return generation > 0;
    }
}
