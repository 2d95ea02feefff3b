package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Somebody at a computer of their own: one headless Chromium, whose camera and microphone are files. Not thread safe (Playwright is not): use it from the
 * thread that made it.
 */
public final class Person implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int POLL_MS = 100;

    private final Playwright playwright;
    private final Browser browser;
    private final BrowserContext context;
    final Page page;
    private final List<String> complaints = new ArrayList<>();

    /** @param capture null for Chromium's own fake camera */
    Person(Capture capture, int width, int height, String locale) {
        this(capture, width, height, locale, false);
    }

    /** @param ownScripts the test may run scripts of its own beside the page's, such as worklets, which the page's policy (CSP) forbids */
    Person(Capture capture, int width, int height, String locale, boolean ownScripts) {
        List<String> flags = new ArrayList<>(List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--autoplay-policy=no-user-gesture-required",
                "--allow-loopback-in-peer-connection",
                "--auto-select-desktop-capture-source=Entire screen"));
        if (capture != null) {
            flags.add("--use-file-for-fake-video-capture=" + capture.video());
            flags.add("--use-file-for-fake-audio-capture=" + capture.audio());
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setHeadless(true)
                        .setArgs(flags));
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale(locale)
                .setIgnoreHTTPSErrors(true)
                .setBypassCSP(ownScripts)
                .setPermissions(List.of("camera", "microphone")));
        page = context.newPage();
        page.onPageError(error -> complaints.add("page error: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add("console: " + message.text());
            }
        });
    }

    /** What the page complained about: uncaught errors and console errors. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Evaluates JavaScript in the page (promises are awaited) and gives the result as JSON. */
    JsonNode evaluate(String script) {
        return JSON.valueToTree(page.evaluate(script));
    }

    /**
     * Waits until the JavaScript expression, or what it promises, is truthy. Asks by evaluate: waitForFunction takes a promise itself for truth, so it would not wait.
     */
    void await(String expression, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!Boolean.TRUE.equals(page.evaluate("async () => Boolean(await (" + expression + "))"))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not true after " + limit.toSeconds() + " s: " + expression);
            }
            page.waitForTimeout(POLL_MS);
        }
    }

    void screenshot(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    private static Path chromium() {
        String named = System.getProperty("parley.chromium", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
            for (String folder :
                    System.getenv().getOrDefault("PATH", "/usr/bin").split(":")) {
                Path candidate = Path.of(folder, name);
                if (java.nio.file.Files.isExecutable(candidate)) {
                    return candidate;
                }
            }
        }
        throw new IllegalStateException("No Chromium on the PATH: apt-get install chromium");
    }

    @Override
    public void close() {
        context.close();
        browser.close();
        playwright.close();
    }
}
