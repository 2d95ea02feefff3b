package dev.parley.launcher;

import java.util.List;

/**
 * Who can reach the suite: this machine alone, or the local network too.
 *
 * @param address this machine's address in the local network; "" = this machine alone
 */
record Lan(String address) {
    static Lan off() {
        return new Lan("");
    }

    boolean on() {
        return !address.isEmpty();
    }

    /** What the relay offers to browsers, best first. */
    List<String> mediaAddresses() {
        return on() ? List.of(address, "127.0.0.1") : List.of("127.0.0.1");
    }
}
