package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media through a TURN server that the page names, coturn. */
class McuTurnTest extends McuCall {
    private static final String TYPES = "statistics('candidate-pair').then((pairs) =>"
            + " [...new Set(pairs.filter(({nominated, state}) => nominated && state === 'succeeded')"
            + ".map(({local}) => local.candidateType))].sort())";

    @Test
    @Tag("MRTC-IRC-07")
    @Tag("MRTC-IRC-08")
    @Tag("MRTC-IRC-09")
    void mediaGoesThroughTheServersOfThePageOrDirectly(@TempDir Path folder) throws Exception {
        try (var turn = new TurnServer(folder)) {
            String relayed = "transport_: 'relay', defaultTurnServer: '" + turn.address() + "', ice_relay_ip_array: '"
                    + String.join(";", TurnServer.ADDRESSES) + "'";
            aliceCreates(
                    "{auto_publish_subscribe: 3, initSubscribe: [{" + SLOT + "}], media_type: 1, publish_device: 1,"
                            + " initPublish: [{publish_video_id: 'own', publish_streamId_id: 'ownSid', publish_tag: 'main'}], "
                            + relayed + "}");
            bobJoins("{auto_publish_subscribe: 4, transport_: 'all'}");
            bobPublishes();
            alice.untilShows("v1", orange);
            alice.untilSounds("a1", 1130);
            bobSubscribes();
            bob.untilShows("v1", blue);
            // Sending and receiving are two connections.
            alice.until(
                    "statistics('candidate-pair').then((pairs) => pairs.filter(({nominated}) => nominated).length >= 2)");
            assertEquals("[\"relay\"]", alice.evaluate(TYPES).toString());
            assertEquals("[\"host\"]", bob.evaluate(TYPES).toString(), "all: the direct way is the best");
            var gathered = texts(
                    alice.evaluate(
                            "statistics('local-candidate').then((all) =>"
                                    + " [...new Set(all.map(({candidateType, url}) => candidateType + ' ' + url.split(':')[1]))].sort())"));
            assertEquals(
                    List.of("relay " + TurnServer.ADDRESSES.get(0), "relay " + TurnServer.ADDRESSES.get(1)), gathered);
        }
    }
}
