package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page of the console in a real browser, with good and bad input and in hostile company. */
@ExtendWith(RunningSuite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
    private Suite suite;
    private Person person;
    private ConsolePage console;
    private String password;
    private int heard;

    @BeforeAll
    void open(Suite running) throws Exception {
        suite = running;
        person = new Person(null, 1280, 900, "en-US");
        console = new ConsolePage(person, suite);
        password = ConsolePage.adminPassword(suite);
    }

    @AfterAll
    void close() {
        if (person != null) person.close();
    }

    @BeforeEach
    void forget() {
        heard = person.complaints().size();
    }

    /** But of refusals, which the tests ask for. */
    @AfterEach
    void theBrowserHadNothingToComplainOf() {
        var complaints = person.complaints();
        assertEquals(
                List.of(),
                complaints.subList(heard, complaints.size()).stream()
                        .filter(c -> !c.contains("Failed to load resource") && !c.contains("requires 'Trusted"))
                        .toList());
    }

    @Test
    void signingInSaysWhatIsWrongAndWorksByKeyboardAlone() {
        var page = person.page;
        page.context().clearCookies();
        page.navigate("about:blank");
        page.navigate(console.base() + "?lang=en");
        page.locator("#sign-in").waitFor();
        console.submit("#sign-in");
        assertEquals(List.of("This is needed.", "This is needed."), console.problems("#sign-in"));
        console.fill("#sign-in", Map.of("account", "nobody-" + UUID.randomUUID(), "password", "wrong"));
        console.submit("#sign-in");
        page.getByText("Account or password is wrong.").waitFor();
        page.locator("#sign-in [name=account]").focus();
        page.keyboard().press("Control+A");
        page.keyboard().type("admin");
        page.keyboard().press("Tab");
        page.keyboard().press("Control+A");
        page.keyboard().type(password);
        page.keyboard().press("Enter");
        page.locator("nav.side").waitFor();
        assertEquals("", page.evaluate("document.cookie"), "a script can read the session");
        page.click("#sign-out");
        page.locator("#sign-in").waitFor();
        page.reload();
        page.locator("#sign-in").waitFor();
    }

    @Test
    @Tag("MRTC-CON-01")
    @Tag("MRTC-CON-06")
    void anApplicationNeedsANameOnlyShowsItsKeyOnceAndTakesItsSettings() throws Exception {
        signedIn();
        var page = person.page;
        console.open("applications", "Applications");
        console.button("New application");
        console.submit("dialog form");
        assertEquals(List.of("This is needed."), console.problems("dialog form"));
        console.fill("dialog form", Map.of("name", "x".repeat(65), "callbackUrl", "ftp://example.com/"));
        console.submit("dialog form");
        assertEquals(2, console.problems("dialog form").size());
        String name = "<img src=x onerror=alert(1)> 应用 "
                + UUID.randomUUID().toString().substring(0, 8);
        console.fill("dialog form", Map.of("name", name, "callbackUrl", ""));
        console.submit("dialog form");
        String bizName = console.text("#made-biz");
        String key = console.text("#made-key");
        assertTrue(key.length() > 1_000, "a key of 2048 bits in Base64");
        console.closeDialog();
        page.locator("h1", new Page.LocatorOptions().setHasText(name)).waitFor();
        assertFalse(page.content().contains(key), "shown once");
        assertFalse(page.isChecked("#function-config [name=autoRecord]"), "off by default");
        page.check("#function-config [name=autoRecord]");
        console.submit("#function-config");
        console.says("Saved.");
        assertTrue(suite.get("account", "/v1/applications/" + bizName, suite.adminToken())
                .path("autoRecord")
                .asBoolean());
        console.open("applications", "Applications");
        assertTrue(console.row(name).innerText().contains(bizName));
        console.open("applications/" + bizName, name);
        page.click("#rotate");
        page.selectOption("dialog [name=kind]", "SM2");
        console.submit("dialog form");
        page.locator("#made-key").waitFor();
        console.closeDialog();
        console.row("SM2").waitFor();
        page.click("#new-credential");
        console.fill("dialog form", Map.of("name", "Server", "authUrl", "javascript:alert(1)"));
        console.submit("dialog form");
        assertEquals(1, console.problems("dialog form").size());
        console.fill("dialog form", Map.of("authUrl", ""));
        console.submit("dialog form");
        assertTrue(console.text("#made-secret").length() >= 40);
        console.closeDialog();
        console.row("Server").waitFor();
        assertEquals(0, page.locator("img[src=x]").count(), "a name became markup");
    }

    @Test
    void aTestCallbackTellsWhetherTheBusinessServerAcknowledgesIt() throws Exception {
        signedIn();
        try (BusinessServer business = new BusinessServer()) {
            String bizName = application("Callback " + UUID.randomUUID());
            console.open("applications/" + bizName, "Callback");
            person.page.click("#test-callback");
            console.says("The application has no callback URL");
            console.fill("#callback", Map.of("callbackUrl", "gopher://example.com"));
            console.submit("#callback");
            assertEquals(1, console.problems("#callback").size());
            console.fill("#callback", Map.of("callbackUrl", business.url()));
            console.submit("#callback");
            console.says("Saved.");
            person.page.click("#test-callback");
            console.says("Your server acknowledged it");
            assertEquals(1, business.received().size());
            console.fill("#callback", Map.of("callbackUrl", business.url().replace("/callback", "/nothing")));
            console.submit("#callback");
            person.await("[...document.querySelectorAll('.toast')].length > 0", ConsolePage.LIMIT);
            person.page.click("#test-callback");
            console.says("Your server did not acknowledge it");
        }
    }

    @Test
    @Tag("MRTC-SIG-11")
    void theCheckerSaysValidToWhatTheGeneratorMadeAndInvalidWhenAnyPartDiffers() throws Exception {
        signedIn();
        String bizName = application("Signed " + UUID.randomUUID());
        String other = application("Other " + UUID.randomUUID());
        console.open("signatures/" + bizName, "Signatures");
        console.submit("#make-signature");
        assertEquals(List.of("This is needed."), console.problems("#make-signature"));
        person.page.fill("#make-signature [name=uid]", "用户 😀");
        person.page.selectOption("#make-signature [name=life]", "3d");
        console.submit("#make-signature");
        String signature = console.text("#signature");
        String timeStamp = console.text("#time-stamp");
        assertEquals("Valid", checked(bizName, "用户 😀", timeStamp, signature));
        assertEquals("Invalid", checked(bizName, "somebody", timeStamp, signature));
        assertEquals("Invalid", checked(other, "用户 😀", timeStamp, signature));
        assertEquals("Invalid", checked(bizName, "用户 😀", "1" + timeStamp.substring(1, 12) + "7", signature));
        assertEquals("Invalid", checked(bizName, "用户 😀", timeStamp, signature.substring(4)));
        assertEquals("Invalid", checked(bizName, "用户 😀", timeStamp, "' or 1=1 --"));
    }

    private String checked(String bizName, String uid, String timeStamp, String signature) {
        person.page.selectOption("#check-signature [name=bizName]", bizName);
        console.fill("#check-signature", Map.of("uid", uid, "timeStamp", timeStamp, "signature", signature));
        person.evaluate("document.querySelector('#signature-checked').replaceChildren()");
        console.submit("#check-signature");
        return console.text("#signature-checked .notice").split("[,:]")[0];
    }

    @Test
    void companiesUsersAndTheirRightsAreAdministratedAndLogged() throws Exception {
        signedIn();
        String id = "firm-" + UUID.randomUUID().toString().substring(0, 8);
        console.open("companies", "Companies");
        person.page.click("#new-company");
        console.fill("dialog form", Map.of("id", "no spaces please"));
        console.submit("dialog form");
        assertEquals(1, console.problems("dialog form").size());
        console.fill("dialog form", Map.of("id", id, "name", "<script>alert(1)</script>"));
        console.submit("dialog form");
        console.row(id).waitFor();
        console.open("users/" + id, "Users");
        person.page.click("#new-user");
        console.fill("dialog form", Map.of("account", "an na", "name", "", "password", "short"));
        console.submit("dialog form");
        assertEquals(2, console.problems("dialog form").size());
        console.fill("dialog form", Map.of("account", "anna", "name", "Anna <b>安娜</b>", "email", "anna@example.com"));
        person.page.selectOption("dialog [name=level]", "2");
        console.submit("dialog form");
        assertTrue(console.problems("dialog form").toString().contains("password"), "too short");
        person.page.fill("dialog [name=password]", "correct horse 7");
        console.submit("dialog form");
        console.row("anna").waitFor();

        console.signIn(id, "anna", "correct horse 7");
        var links = person.page.locator(".nav-link").allInnerTexts();
        assertTrue(links.contains("Rooms") && links.contains("Users"), links.toString());
        assertFalse(links.contains("Companies") || links.contains("Media nodes"), links.toString());
        person.page.navigate(console.base() + "?lang=en#/companies");
        console.says("This page cannot be shown");
        console.open("account", "My account");
        console.fill("#password", Map.of("oldPassword", "wrong", "password", "another horse 8"));
        console.submit("#password");
        assertTrue(console.problems("#password").toString().contains("old password is wrong"));

        signedIn();
        console.open("users/" + id, "Users");
        console.row("anna").getByText("Edit").click();
        person.page.selectOption("dialog [name=level]", "5");
        console.submit("dialog form");
        console.row("Participant").waitFor();
        console.row("anna").getByText("Delete").click();
        console.submit("dialog form");
        console.says("Nobody found");
        console.open("audit", "Audit log");
        assertTrue(console.row("Deleted a user").innerText().contains("anna@" + id));
        console.open("companies", "Companies");
        console.row(id).getByText("Delete").click();
        console.submit("dialog form");
        person.await("!document.body.innerText.includes('" + id + "')", ConsolePage.LIMIT);
    }

    @Test
    void noOtherPageCanActWithTheConsolesCookieAndNoTextBecomesCode() throws Exception {
        signedIn();
        var page = person.page;
        String blocked = (String)
                page.evaluate(
                        "() => { try { document.body.innerHTML = '<p>x</p>'; return 'markup'; } catch (e) { return e.name; } }");
        assertEquals("TypeError", blocked);
        page.evaluate(
                "() => { const s = document.createElement('script'); try { s.text = 'window.hacked = 1'; document.head.append(s); } catch {} }");
        assertEquals(false, page.evaluate("'hacked' in window"));
        String forged = "Forged " + UUID.randomUUID();
        Page elsewhere = page.context().newPage();
        try (BusinessServer other = new BusinessServer()) {
            // The same site, another origin, and no policy of its own: SameSite alone would let it through.
            elsewhere.navigate(other.url().replace("127.0.0.1", "localhost"));
            elsewhere.evaluate(
                    "(url) => new Promise((done) => { const f = document.createElement('iframe'); f.onload = () => done(0);"
                            + " f.src = url; document.body.append(f); })",
                    console.base());
            assertTrue(
                    elsewhere.frames().get(1).url().startsWith("chrome-error:"),
                    elsewhere.frames().get(1).url());
            elsewhere.evaluate(
                    "([url, name]) => { const f = document.createElement('form'); f.method = 'post'; f.enctype = 'text/plain';"
                            + " f.action = url; f.append(document.createElement('input')); f.firstChild.name = name;"
                            + " document.body.append(f); f.submit(); }",
                    List.of(console.base() + "v1/applications", "{\"name\":\"" + forged + "\",\"appId\":\""));
            elsewhere.getByText("CROSS_SITE").waitFor();
        } finally {
            elsewhere.close();
        }
        assertFalse(suite.get("account", "/v1/applications", suite.adminToken())
                .toString()
                .contains(forged));
        Object status = page.evaluate(
                "() => fetch('/console/v1/applications', {method: 'POST', headers: {'content-type': 'application/json'},"
                        + " body: '{\"name\":\"no proof\"}'}).then((r) => r.status)");
        assertEquals(403, status);
    }

    @Test
    void everyPageFitsAPhoneInBothLanguages() throws Exception {
        signedIn();
        var page = person.page;
        String bizName = application("A long name of an application that goes on "
                + UUID.randomUUID().toString().substring(0, 8));
        page.setViewportSize(390, 844);
        try {
            for (String language : List.of("zh", "en")) {
                for (String path : List.of(
                        "overview",
                        "rooms",
                        "nodes",
                        "recordings",
                        "applications",
                        "applications/" + bizName,
                        "signatures",
                        "users",
                        "companies",
                        "audit",
                        "account",
                        "no-such-page")) {
                    page.navigate(console.base() + "?lang=" + language + "#/" + path);
                    page.locator("main h1, main h2").first().waitFor();
                    assertEquals(language.equals("zh") ? "zh-CN" : "en", page.getAttribute("html", "lang"));
                    assertTrue(console.overflow() <= 0, path + " in " + language + " is wider than a phone");
                }
            }
            page.click("#menu");
            page.locator(".nav-link", new Page.LocatorOptions().setHasText("Rooms"))
                    .click();
            page.locator("h1", new Page.LocatorOptions().setHasText("Rooms")).waitFor();
        } finally {
            page.setViewportSize(1280, 900);
        }
    }

    private void signedIn() {
        console.signIn("", "admin", password);
    }

    private String application(String name) throws Exception {
        return suite.post(
                        "account", "/v1/applications", suite.adminToken(), Map.of("name", name, "guestsAllowed", true))
                .path("application")
                .path("bizName")
                .asText();
    }
}
