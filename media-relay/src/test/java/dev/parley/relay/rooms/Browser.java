package dev.parley.relay.rooms;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The system's Chromium with a made-up camera and microphone, and the page that the test drives, served on localhost. */
final class Browser implements AutoCloseable {
    private final HttpServer pages;
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    Browser() throws IOException {
        byte[] page;
        try (var in = Browser.class.getResourceAsStream("/peer.html")) {
            page = in.readAllBytes();
        }
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        pages.start();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-background-timer-throttling",
                                "--disable-renderer-backgrounding",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run",
                                "--use-fake-device-for-media-stream",
                                "--use-fake-ui-for-media-stream",
                                "--allow-loopback-in-peer-connection",
                                "--autoplay-policy=no-user-gesture-required")));
    }

    /** A new page in a browser context of its own. */
    Page page() {
        Page page = browser.newContext().newPage();
        page.navigate("http://localhost:" + pages.getAddress().getPort() + "/");
        return page;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        pages.stop(0);
    }
}
