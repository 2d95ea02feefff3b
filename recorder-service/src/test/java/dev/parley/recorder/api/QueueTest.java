package dev.parley.recorder.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.domain.EventCodes;
import dev.parley.recorder.domain.RecordRules;
import dev.parley.recorder.domain.RecordingCommand;
import dev.parley.recorder.domain.RecordingStore;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The queue of compositions in its table; the jobs here are due in an hour, so that the service's own worker leaves them alone. */
@QuarkusTest
@WithTestResource(RealParts.class)
@WithTestResource(value = TestAccount.class, initArgs = @ResourceArg(name = "client", value = "recorder"))
class QueueTest {
    private final String run = UUID.randomUUID().toString();
    private final long dueMs = System.currentTimeMillis() + 3_600_000;

    @Inject
    RecordingStore store;

    @Test
    void aRoomWithManyRecordingsKeepsNoOtherRoomWaiting() {
        for (int i = 1; i <= 3; i++) waiting("many-" + i, "many", i);
        waiting("one-1", "one", 4);
        waiting("other-1", "other", 5);
        assertEquals(List.of("many-1", "one-1", "other-1", "many-2", "many-3"), taken(5));
    }

    @Test
    void howFarACompositionIsStandsInItsRowUntilItBeginsAnew() {
        waiting("slow-1", "slow", 1);
        taken(1);
        store.renewComposition("slow-1-" + run, dueMs + 10, 42);
        assertEquals(42, store.find("slow-1-" + run).orElseThrow().job().progress());
    }

    /** Stopped in this order, journal stored, tried once and to be tried again. */
    private void waiting(String name, String room, long stoppedMs) {
        String id = name + "-" + run;
        var nowhere = new MediaAddress("127.0.0.1", 1, "00");
        var node = new NodeView("relay-1", "boot", NodeKind.RELAY, "http://127.0.0.1:1", nowhere, "", 0, 0, false, 0);
        var request = new StartRecording(id, room + "-" + run, "demo", "app", "space", node, "", "", "", "", null);
        store.create(RecordRules.checked(request), "nobody", stoppedMs, 2 * dueMs);
        store.apply(id, new RecordingCommand.Stop(stoppedMs), stoppedMs);
        store.apply(id, new RecordingCommand.ComposeFailed(EventCodes.CONVERSION, "again", dueMs), stoppedMs);
        store.apply(id, new RecordingCommand.JournalClosed(), stoppedMs);
    }

    /** Mine, as a node takes them one after the other. */
    private List<String> taken(int count) {
        var mine = new ArrayList<String>();
        while (mine.size() < count) {
            String id = store.takeComposition("node", dueMs + 1, dueMs + 100)
                    .orElseThrow()
                    .recordId();
            if (id.endsWith(run)) mine.add(id.replace("-" + run, ""));
        }
        return mine;
    }
}
