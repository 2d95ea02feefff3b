package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody at a computer of their own, in headless Chromium. Whoever shows a file has a Chromium to themselves; people with Chromium's own fake camera share
 * one per thread and are kept apart by browser contexts. Not thread safe (Playwright is not): use it from the thread that made it.
 */
public final class Person implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int POLL_MS = 100;

    /** Starting a Chromium and its driver costs as much as ten seconds of a call. Both end with this process. */
    private static final ThreadLocal<Chromium> SHARED = ThreadLocal.withInitial(() -> Chromium.start(null));

    /** Its own, to be closed with this person; null for one that shares. */
    private final Chromium own;

    private final BrowserContext context;
    final Page page;
    private final List<String> complaints = new ArrayList<>();

    /** @param capture null for Chromium's own fake camera */
    Person(Capture capture, int width, int height, String locale) {
        this(capture, width, height, locale, false);
    }

    /** @param ownScripts the test may run scripts of its own beside the page's, such as worklets, which the page's policy (CSP) forbids */
    Person(Capture capture, int width, int height, String locale, boolean ownScripts) {
        own = capture == null ? null : Chromium.start(capture);
        Browser browser = own == null ? SHARED.get().browser : own.browser;
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

    @Override
    public void close() {
        context.close();
        if (own != null) own.close();
    }
}
