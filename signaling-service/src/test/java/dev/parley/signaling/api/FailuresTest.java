package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.Topics;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomLimits;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.RoomLog;
import dev.parley.signaling.domain.port.Rooms;
import dev.parley.signaling.fakes.Client;
import dev.parley.signaling.fakes.CutParts;
import dev.parley.signaling.fakes.Fakes;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL and Kafka go away in the middle of a call, and a copy dies between commit and publish. */
@QuarkusTest
@TestProfile(FailuresTest.Impatient.class)
@WithTestResource(CutParts.class)
@WithTestResource(Fakes.class)
class FailuresTest extends Clients {
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parley.store.deadline-ms", "5000");
        }
    }

    @Inject
    Rooms store;

    @Inject
    RoomLog log;

    @Inject
    RoomLimits limits;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @AfterEach
    void mend() {
        CutParts.postgres.mend();
        CutParts.kafka.mend();
    }

    /** What another copy does that dies right after its commit: nobody is told. */
    private void commitOnly(Client from, String text) {
        store.execute(
                roomId(from),
                new RoomCommand.SendText(
                        from.me(), "m-" + UUID.randomUUID(), text, Set.of(), null, null, System.currentTimeMillis()),
                limits,
                Step.NONE);
    }

    @Test
    @Tag("MRTC-WIRE-03")
    void whatACopyCommittedAndNeverPublishedReachesEverybodyOnceAndInOrder() throws IOException {
        Client host = host();
        Client guest = guest(host);
        host.ok("sendText", Map.of("text", "0"));
        commitOnly(host, "1");
        commitOnly(host, "2");
        host.ok("sendText", Map.of("text", "3"));
        assertTexts(guest, 4);
        assertPublished(roomId(host), guest.seq());
        assertTexts(guest, 4);
    }

    @Test
    void aCallGoesOnWhileKafkaIsAwayAndNothingIsLostOrTwiceWhenItIsBack() throws IOException {
        Client host = host();
        Client guest = guest(host);
        host.ok("sendText", Map.of("text", "0"));
        CutParts.kafka.cut();
        for (int i = 1; i < 5; i++) host.ok("sendText", Map.of("text", "" + i));
        commitOnly(host, "5"); // by another copy, which cannot tell us either
        assertTexts(guest, 6);
        publish(host, "cam");
        guest.push("feedPublished");
        // Of the same copy, so Kafka is not needed.
        JsonNode invited =
                host.ok("invite", Map.of("uid", guest.hello.path("uid").asText()));
        assertTrue(invited.path("online").asBoolean());
        assertEquals(invited.path("inviteId"), guest.push("invited").at("/data/inviteId"), "the invitation rings");
        Client late = guest(host);
        late.ok("bye", Map.of());
        guest.push("participantLeft");

        CutParts.kafka.mend();
        host.ok("sendText", Map.of("text", "6"));
        assertTexts(guest, 7);
        assertPublished(roomId(host), guest.seq());
        assertTexts(guest, 7);
        assertEquals(1, guest.pushes("invited").size());
    }

    @Test
    void whilePostgresIsAwayRequestsAnswerSoAndTheCallIsThereWhenItIsBack() throws IOException {
        Client host = host().keepAlive();
        Client guest = guest(host).keepAlive();
        host.ok("sendText", Map.of("text", "0"));
        CutParts.postgres.cut();
        assertEquals("UNAVAILABLE", host.refused("sendText", Map.of("text", "lost, and said so")));
        assertEquals("UNAVAILABLE", guest.refused("leaveRoom", Map.of()));
        host.ok("ping", Map.of());
        assertEquals("UNAVAILABLE", raw().refused("connect", Map.of("token", Fakes.account.guest("demo", "new"))));
        CutParts.postgres.mend();
        until(
                "rooms can be used again",
                () -> host.request("sendText", Map.of("text", "1")).path("code").asInt() == 0);
        assertTexts(guest, 2);
        guest(host);
        assertEquals(List.of(), host.pushes("participantUpdated"), "nobody was away");
        assertEquals(List.of(), host.pushes("participantLeft"));
    }

    @Test
    void aDatabaseThatHangsIsAnsweredForInTimeAndHoldsNobodyUpAfterwards() {
        Client host = host().keepAlive();
        Client guest = guest(host).keepAlive();
        CutParts.postgres.clog();
        assertEquals("UNAVAILABLE", host.refused("setRole", Map.of("participantId", guest.me(), "role", "cohost")));
        host.ok("ping", Map.of());
        CutParts.postgres.mend();
        until(
                "rooms can be used again",
                () -> host.request("sendText", Map.of("text", "x")).path("code").asInt() == 0);
        guest.push("text", data -> data.path("text").asText().equals("x"));
    }

    @Test
    void whoseSocketBreaksWhilePostgresIsAwayIsReconnectingAfterwardsAndCanResume() {
        Client host = host().keepAlive();
        Client stays = guest(host);
        Client goes = guest(host);
        CutParts.postgres.cut();
        assertEquals("UNAVAILABLE", host.refused("sendText", Map.of("text", "x")));
        stays.breakOff();
        goes.breakOff();
        host.ok("ping", Map.of());
        CutParts.postgres.mend();
        host.push("participantUpdated", isOf(stays, "reconnecting"));
        Client back = resume(stays, stays.seq());
        assertEquals(stays.me(), back.resumed.path("participantId").asText());
        host.push("participantLeft", data -> data.path("participantId").asText().equals(goes.me()));
        assertTrue(host.pushes("participantLeft").stream()
                .noneMatch(push -> push.at("/data/participantId").asText().equals(stays.me())));
    }

    @Test
    void bothAwayDuringACallLoseNothingThatWasAcknowledged() throws IOException {
        Client host = host().keepAlive();
        Client guest = guest(host).keepAlive();
        var acknowledged = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            if (i == 5) CutParts.kafka.cut();
            if (i == 10) CutParts.postgres.cut();
            if (i == 15) CutParts.kafka.mend();
            if (i == 20) CutParts.postgres.mend();
            if (host.request("sendText", Map.of("text", "" + i)).path("code").asInt() == 0) acknowledged.add("" + i);
            else if (i >= 20)
                until(
                        "back",
                        () -> host.request("setRole", Map.of("participantId", "p-none", "role", "guest"))
                                .path("error")
                                .asText()
                                .equals("PARTICIPANT_NOT_FOUND"));
        }
        assertTrue(acknowledged.size() >= 25, acknowledged.toString());
        String last = acknowledged.getLast();
        guest.push("text", data -> data.path("text").asText().equals(last));
        assertEquals(acknowledged, texts(guest));
        assertPublished(roomId(host), guest.seq());
    }

    private static java.util.function.Predicate<JsonNode> isOf(Client client, String state) {
        return data -> data.path("participantId").asText().equals(client.me())
                && data.path("state").asText().equals(state);
    }

    /** It gets the texts 0 to {@code count - 1}, each once and in order, with all pushes in the order of the log. */
    private static void assertTexts(Client client, int count) {
        until(
                "the text " + (count - 1) + " arrives",
                () -> client.pushes("text").size() >= count);
        assertEquals(IntStream.range(0, count).mapToObj(Integer::toString).toList(), texts(client));
        long last = 0;
        for (JsonNode push : client.pushes()) {
            if (!push.has("seq")) continue;
            assertTrue(push.path("seq").asLong() > last, "in order and each once: " + client.pushes());
            last = push.path("seq").asLong();
        }
    }

    private static List<String> texts(Client client) {
        return client.pushes("text").stream()
                .map(push -> push.at("/data/text").asText())
                .toList();
    }

    /** Kafka has the room's whole log up to {@code seq}, and the store knows that it has. */
    private void assertPublished(String roomId, long seq) throws IOException {
        var seen = new java.util.TreeSet<Long>();
        var wanted = new java.util.TreeSet<Long>();
        for (long i = 1; i <= seq; i++) wanted.add(i);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partition = new TopicPartition(Topics.ROOM_EVENTS, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var mapper = new ObjectMapper();
            long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
            while (!seen.containsAll(wanted)) {
                assertTrue(System.nanoTime() < end, "on the topic is " + seen + " of " + seq);
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key().equals(roomId))
                        seen.add(mapper.readTree(record.value()).at("/data/seq").asLong());
                }
            }
        }
        until(
                "it is marked as published",
                () -> log.unpublished(0, 10_000).stream()
                        .noneMatch(entry -> entry.roomId().equals(roomId) && entry.seq() <= seq));
    }
}
