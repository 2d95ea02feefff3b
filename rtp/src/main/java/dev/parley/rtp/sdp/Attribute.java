package dev.parley.rtp.sdp;

/** An {@code a=} line that has no record of its own. @param value "" for a flag such as {@code a=extmap-allow-mixed} */
public record Attribute(String name, String value) {
    @Override
    public String toString() {
        return value.isEmpty() ? name : name + ":" + value;
    }
}
