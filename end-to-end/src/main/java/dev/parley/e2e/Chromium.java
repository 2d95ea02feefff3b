package dev.parley.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The system's Chromium, headless, and Playwright's process that drives it. Belongs to the thread that started it. */
final class Chromium implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--use-fake-device-for-media-stream=device-count=2",
            "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required",
            "--allow-loopback-in-peer-connection",
            "--auto-select-desktop-capture-source=Entire screen");

    private final Playwright playwright;
    final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** @param capture what its camera and microphone give; null for Chromium's own fake ones */
    static Chromium start(Capture capture) {
        List<String> flags = new ArrayList<>(FLAGS);
        if (capture != null) {
            flags.add("--use-file-for-fake-video-capture=" + capture.video());
            flags.add("--use-file-for-fake-audio-capture=" + capture.audio());
        }
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setHeadless(true)
                        .setArgs(flags));
        return new Chromium(playwright, browser);
    }

    private static Path executable() {
        String named = System.getProperty("parley.chromium", "");
        if (!named.isEmpty()) return Path.of(named);
        for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
            for (String folder :
                    System.getenv().getOrDefault("PATH", "/usr/bin").split(":")) {
                Path candidate = Path.of(folder, name);
                if (Files.isExecutable(candidate)) return candidate;
            }
        }
        throw new IllegalStateException("No Chromium on the PATH: apt-get install chromium");
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
