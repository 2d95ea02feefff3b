package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/mobile.md names every function and callback of the mobile SDKs, and no message or field that the protocol has not. */
class MobilePageTest {
    @Test
    void everyFunctionAndCallbackOfBothSdksIsThere() throws IOException {
        var all = new TreeSet<String>();
        number(all, "AND", 41);
        number(all, "AND-CB", 34);
        number(all, "IOS", 28);
        number(all, "IOS-CB", 17);
        assertEquals(all, new MobilePage().ids);
    }

    @Test
    void everyMessageAndFieldOfThePageIsInTheMachineReadableForm() throws IOException {
        var page = new MobilePage();
        var messages = MobilePage.messages();
        assertTrue(page.calls.size() > 100, "the tables were found: " + page.calls.size());
        var wrong = new ArrayList<String>();
        for (var call : page.calls) {
            List<String> texts = Stream.of("", "Answer")
                    .flatMap(kind -> Stream.of("", "push-", "signal-").map(prefix -> prefix + call.message() + kind))
                    .filter(messages::containsKey)
                    .map(messages::get)
                    .toList();
            if (texts.isEmpty()) wrong.add(call.row() + ": there is no message " + call.message());
            for (String field : call.fields())
                if (texts.stream().noneMatch(text -> has(text, field)))
                    wrong.add(call.row() + ": " + call.message() + " has no " + field);
        }
        assertEquals(List.of(), wrong);
    }

    private static boolean has(String message, String field) {
        return Pattern.compile("(?m)^ {10,}" + field + ":").matcher(message).find();
    }

    private static void number(TreeSet<String> all, String family, int count) {
        for (int i = 1; i <= count; i++) all.add("%s-%02d".formatted(family, i));
    }
}
