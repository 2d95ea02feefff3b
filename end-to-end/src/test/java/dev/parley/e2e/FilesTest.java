package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A file from page to page: the browser's own upload to another origin, under the page's policy, and the browser's own download. */
@ExtendWith(RunningSuite.class)
class FilesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    @Tag("MRTC-FEA-31")
    void aFileAttachedInTheChatIsSavedByTheOtherAsItWas(Suite suite) throws Exception {
        byte[] original = new byte[2_500_000];
        new Random(1).nextBytes(original);
        try (Person alice = new Person(null, 1000, 700, "en-US");
                Person bob = new Person(null, 390, 800, "zh-CN")) {
            var downloads = new CopyOnWriteArrayList<Download>();
            bob.page.onDownload(downloads::add);
            bob.page.context().onPage(page -> page.onDownload(downloads::add));
            String link = new DemoPage(alice).start(suite.web(), "", "Alice");
            new DemoPage(bob).join(link.replace("lang=en", "lang=zh"), "小波");
            alice.page.click("[data-control=chat]");
            attach(alice, "Q3 报告 \"final\".pdf", "application/pdf", original);
            alice.await("document.querySelector('.message[data-mine=true] a.file-what')", LIMIT);
            attach(alice, "setup.exe", "application/octet-stream", new byte[] {1});
            alice.await(
                    "document.querySelector('.file[data-state=failed]')?.textContent.includes('not passed on')", LIMIT);

            bob.await("document.querySelector('#messages a.file-what')", LIMIT);
            bob.page.click("[data-control=chat]");
            assertEquals(
                    "Q3 报告 _final_.pdf",
                    bob.page.textContent("#messages a .file-name").strip());
            assertEquals("2.5 MB", bob.page.textContent("#messages a small").strip());
            assertTrue(
                    bob.evaluate("document.documentElement.scrollWidth <= innerWidth")
                            .asBoolean(),
                    "too wide for a phone");
            bob.page.click("#messages a.file-what");
            bob.page.waitForCondition(
                    () -> !downloads.isEmpty(), new Page.WaitForConditionOptions().setTimeout(LIMIT.toMillis()));
            Download download = downloads.getFirst();
            assertEquals("Q3 报告 _final_.pdf", download.suggestedFilename());
            Path saved = Files.createTempFile("parley", ".pdf");
            download.saveAs(saved);
            assertArrayEquals(original, Files.readAllBytes(saved));
            Files.delete(saved);
            assertTrue(bob.evaluate("!window.parley.room.over").asBoolean(), "the call goes on");
            assertEquals(List.of(), alice.complaints());
            assertEquals(List.of(), bob.complaints());
        }
    }

    private static void attach(Person person, String name, String type, byte[] bytes) {
        person.page.setInputFiles("#file", new FilePayload(name, type, bytes));
    }
}
