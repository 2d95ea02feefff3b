package dev.parley.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The console as a person uses it: by its links, fields and buttons. */
final class ConsolePage {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Person person;
    private final Page page;
    private final String base;

    ConsolePage(Person person, Suite suite) {
        this.person = person;
        this.page = person.page;
        this.base = suite.status().path("urls").path("console").asText();
        page.setDefaultTimeout(LIMIT.toMillis());
    }

    String base() {
        return base;
    }

    static String adminPassword(Suite suite) throws Exception {
        return Files.readString(Path.of(suite.status().path("secrets").asText(), "admin-password"))
                .strip();
    }

    /** Afresh, in English. */
    void signIn(String company, String account, String password) {
        page.context().clearCookies();
        page.navigate("about:blank");
        page.navigate(base + "?lang=en");
        fill("#sign-in", Map.of("account", account, "password", password, "company", company));
        submit("#sign-in");
        page.locator("nav.side").waitFor();
    }

    /** Opens a page by its address behind the #, and waits for its title. */
    void open(String path, String title) {
        page.navigate(base + "?lang=en#/" + path);
        page.locator("h1", new Page.LocatorOptions().setHasText(title)).waitFor();
    }

    void fill(String form, Map<String, String> fields) {
        fields.forEach((name, value) -> page.fill(form + " [name=" + name + "]", value));
    }

    void submit(String form) {
        page.click(form + " button[type=submit]");
    }

    /** What the form says is wrong. */
    List<String> problems(String form) {
        page.locator(form + " .field-problem:visible, " + form + " .notice:visible")
                .first()
                .waitFor();
        return page.locator(form + " .field-problem:visible, " + form + " .notice:visible")
                .allInnerTexts();
    }

    void button(String text) {
        page.locator("button:visible", new Page.LocatorOptions().setHasText(text))
                .first()
                .click();
    }

    /** The row of a table that this text stands in. */
    Locator row(String text) {
        return page.locator("tbody tr", new Page.LocatorOptions().setHasText(text))
                .first();
    }

    /** Waits until the page says so. */
    void says(String text) {
        page.getByText(text).first().waitFor();
    }

    String text(String selector) {
        page.locator(selector).waitFor();
        return page.locator(selector).innerText();
    }

    void closeDialog() {
        page.click("dialog #saved");
        person.await("!document.querySelector('dialog')", LIMIT);
    }

    /** Pixels by which the page is wider than the window. */
    int overflow() {
        return person.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                .asInt();
    }
}
