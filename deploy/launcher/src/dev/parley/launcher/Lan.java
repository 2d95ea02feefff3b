package dev.parley.launcher;

import java.nio.file.Path;
import java.util.List;

/**
 * Who can reach the suite: this machine alone, or the local network too.
 *
 * @param address  this machine's address in the local network; "" = this machine alone
 * @param keyStore certificate and key of HTTPS, PKCS#12
 * @param password of the key store
 */
record Lan(String address, Path keyStore, String password) {
    static Lan off() {
        return new Lan("", Path.of(""), "");
    }

    boolean on() {
        return !address.isEmpty();
    }

    /** What the relay offers to browsers, best first. */
    List<String> mediaAddresses() {
        return on() ? List.of(address, "127.0.0.1") : List.of("127.0.0.1");
    }

    /** Where the relay's media sockets listen: on all addresses as soon as it offers more than one. */
    String mediaBind() {
        return on() ? "0.0.0.0" : "127.0.0.1";
    }
}
