package dev.parley.contracts.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    private final Addresses none = new Addresses(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::"
            })
    void whatOnlyTheInsideReachesIsRefused(String address) throws Exception {
        assertFalse(none.isAllowed(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:4860:4860::8888"})
    void whatEverybodyReachesIsAllowed(String address) throws Exception {
        assertTrue(none.isAllowed(InetAddress.getByName(address)));
    }

    @Test
    void anOperatorMayAllowANetwork() throws Exception {
        var some = new Addresses(List.of("10.8.0.0/13", " fd00::/8"));
        assertTrue(some.isAllowed(InetAddress.getByName("10.15.255.1")));
        assertTrue(some.isAllowed(InetAddress.getByName("fd00::5")));
        assertFalse(some.isAllowed(InetAddress.getByName("10.16.0.1")));
        some.check(URI.create("http://10.9.0.1:80/x"));
        for (String wrong : List.of("10.0.0.0", "10.0.0.0/33", "host/8", "/8"))
            assertThrows(IllegalArgumentException.class, () -> new Addresses(List.of(wrong)), wrong);
    }

    @Test
    void theRefusalSaysWhatToDo() {
        var e = assertThrows(IOException.class, () -> none.check(URI.create("http://localhost/")));
        assertTrue(e.getMessage().contains("PARLEY_PRIVATE_TARGETS"), e.getMessage());
        assertEquals(true, assertThrows(IOException.class, () -> none.check(URI.create("http:///x"))) != null);
    }
}
