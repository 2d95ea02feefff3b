package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the local network sees of {@code up --lan}: signaling itself speaks HTTPS, and a file server of the JDK gives away the
 * certificate of the local authority, because a phone cannot fetch it over the HTTPS that it does not trust yet.
 */
final class LanFront {
    private static final String AUTHORITY = "authority";
    /** The JDK's file server tells phones what the file is, so that they offer to install it. */
    private static final String TYPES = "application/x-x509-ca-cert: description=certificate;file_extensions=.crt\n";

    private LanFront() {}

    /** Address and certificate. {@code PARLEY_LAN_ADDRESS} chooses an address where a machine has several. */
    static Lan prepare(Layout layout) {
        String address = System.getenv().getOrDefault("PARLEY_LAN_ADDRESS", "");
        if (address.isEmpty()) {
            address = found().orElseThrow(() -> new Fault("this machine has no IPv4 address but loopback; "
                    + "connect it to a network, or name an address: PARLEY_LAN_ADDRESS=192.168.1.2 ./parley up --lan"));
        }
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) throw new Fault("PARLEY_LAN_ADDRESS is no IPv4 address: " + address);
        return new LocalAuthority(layout).certificateFor(address);
    }

    /** Starts the file server and remembers the address for {@code status}. */
    static void start(Layout layout, Ports ports, Running running) {
        String address = LocalAuthority.address(layout);
        try {
            Path types = Files.writeString(layout.lan().resolve("content-types"), TYPES);
            var command = List.of(
                    Suite.java(),
                    "-Xmx16m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dcontent.types.user.table=" + types,
                    "-m",
                    "jdk.httpserver",
                    "-b",
                    address,
                    "-p",
                    Integer.toString(ports.authority()),
                    "-d",
                    LocalAuthority.publicFolder(layout).toString());
            running.start(AUTHORITY, layout.lan(), Map.of(), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the network finds the page, while the suite runs with {@code --lan}. */
    static Optional<String> url(Layout layout, Ports ports) {
        if (new Running(layout).find(AUTHORITY).isEmpty()) return Optional.empty();
        return Optional.of("https://" + LocalAuthority.address(layout) + ":" + ports.secure() + "/");
    }

    /** Prints address, certificate and QR code; nothing when the suite serves this machine alone. */
    static void print(Layout layout, Ports ports) {
        url(layout, ports).ifPresent(url -> {
            String certificate = "http://" + LocalAuthority.address(layout) + ":" + ports.authority() + "/"
                    + LocalAuthority.CERTIFICATE;
            System.out.println("  in the network " + url);
            System.out.println("  its authority  " + certificate);
            System.out.println("                 SHA-256 " + LocalAuthority.fingerprint(layout));
            System.out.println("                 install it on the phone once, or accept the browser's warning each time");
            System.out.println();
            System.out.println(QrCode.of(url).terminal());
        });
    }

    /** The address of the first network interface that is up; private ones (RFC 1918) before others. */
    private static Optional<String> found() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .filter(LanFront::isReal)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLinkLocalAddress())
                    .sorted((a, b) -> Boolean.compare(b.isSiteLocalAddress(), a.isSiteLocalAddress()))
                    .map(InetAddress::getHostAddress)
                    .findFirst();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isReal(NetworkInterface it) {
        try {
            return it.isUp() && !it.isLoopback() && !it.isVirtual() && !it.getName().matches("(docker|br-|veth|virbr).*");
        } catch (SocketException e) {
            return false;
        }
    }
}
