package dev.parley.signaling.api.ws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.app.Settings;
import dev.parley.signaling.domain.Session;
import dev.parley.signaling.domain.port.Documents;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.HandshakeRequest;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The envelope of docs/protocol.md. Messages of one connection come one after the other. */
@WebSocket(path = "/v1/ws")
public class SignalingSocket {
    static final int MESSAGE_BYTES_MAX = 1024 * 1024;
    private static final Logger LOG = Logger.getLogger(SignalingSocket.class);
    private static final TypedKey<Connection> CONNECTION = new TypedKey<>("connection");
    /** RFC 6455 section 7.4.1: too big. */
    private static final CloseReason UNREADABLE = new CloseReason(1009, "unreadable");
    /** How long a client that is closed for being too slow has to read the close frame. */
    private static final long SLOW_CUT_MS = 10_000;
    /** What of one connection may wait while its first request is worked on. */
    private static final int REQUESTS_WAITING_MAX = 256;

    private static final long CHARS_WAITING_MAX = 2 * 1024 * 1024;
    /** Bytes of one character in UTF-8 at most, per UTF-16 unit. */
    private static final int UTF8_MAX = 3;

    private final Hub hub;
    private final SocketsBeneath beneath;
    private final Requests requests;
    private final Settings settings;
    private final Documents documents;
    private final ObjectMapper mapper;
    private final Clock clock;

    SignalingSocket(
            Hub hub,
            SocketsBeneath beneath,
            Requests requests,
            Settings settings,
            Documents documents,
            ObjectMapper mapper,
            Clock clock) {
        this.hub = hub;
        this.beneath = beneath;
        this.requests = requests;
        this.settings = settings;
        this.documents = documents;
        this.mapper = mapper;
        this.clock = clock;
    }

    @OnOpen
    void open(WebSocketConnection socket, HandshakeRequest handshake) {
        var limits = settings.limits();
        var connection = new Connection(
                new Outbox(socket, limits.pushesQueued(), limits.bytesQueued(), () -> tooSlow(socket)),
                documents,
                handshake.remoteAddress(),
                new MessageBudget(limits.messagesPerSecond(), limits.messagesBurst(), clock.millis()),
                clock.millis());
        connection.inbox(new Inbox(REQUESTS_WAITING_MAX, CHARS_WAITING_MAX, text -> work(connection, text)));
        socket.userData().put(CONNECTION, connection);
        hub.opened(connection);
        if (hub.size() > limits.connectionsMax()) {
            connection.fault(Problem.of(ErrorCode.UNAVAILABLE, "This copy has as many connections as it may."));
            connection.closeWhenWritten(new CloseReason(1013, "full"));
        }
    }

    /** For everybody else it is gone at once; it has a little time to read what is underway and why it ends. */
    private void tooSlow(WebSocketConnection socket) {
        Thread.ofVirtual().name("too slow").start(() -> close(socket));
        beneath.cutIn(socket, SLOW_CUT_MS);
    }

    /** On the event loop: takes in what is within the connection's budget and refuses the rest unread. */
    @OnTextMessage
    @NonBlocking
    void message(String text, WebSocketConnection socket) {
        Connection connection = socket.userData().get(CONNECTION);
        if (connection == null) return;
        long now = clock.millis();
        connection.heard(now);
        if (connection.admit(text, now)) return;
        // What is refused costs its sender as much time as what is taken: a flood waits in its own connection.
        beneath.pause(socket, Math.max(1, 1_000 / settings.limits().messagesPerSecond()));
        Envelope envelope = Envelope.of(text);
        if (envelope.ack()) return; // the next one says it too
        Problem tooMany = Problem.of(ErrorCode.TOO_MANY);
        if (envelope.id() == Envelope.NO_ID) connection.fault(tooMany);
        else connection.refuse(envelope.id(), tooMany);
    }

    /** The protocol has none: a fault, within the same budget. */
    @OnBinaryMessage
    @NonBlocking
    void binary(Buffer message, WebSocketConnection socket) {
        message("", socket);
    }

    private void work(Connection connection, String text) {
        try {
            read(connection, text);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a message was not answered");
        }
    }

    private void read(Connection connection, String text) {
        JsonNode message;
        try {
            message = mapper.readTree(text);
        } catch (JsonProcessingException e) {
            connection.fault(Problem.of(ErrorCode.BAD_REQUEST, "The message is not JSON."));
            return;
        }
        if (message == null || !message.isObject()) {
            connection.fault(Problem.of(ErrorCode.BAD_REQUEST, "The message is not a JSON object."));
            return;
        }
        JsonNode type = message.path("type");
        if (type.isTextual() && type.textValue().equals("ack")) {
            if (message.path("seq").canConvertToLong())
                connection.acked(message.path("seq").longValue());
            return;
        }
        JsonNode id = message.path("id");
        if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() < 1) {
            connection.fault(Problem.of(ErrorCode.BAD_REQUEST, "id is not a positive whole number."));
            return;
        }
        answer(connection, id.longValue(), type, message.get("data"), text);
    }

    private void answer(Connection connection, long id, JsonNode type, JsonNode data, String text) {
        try {
            if (isTooLarge(text)) throw new RefusedException(ErrorCode.TOO_LARGE);
            if (!type.isTextual()) throw Fields.bad("type is missing or not a string");
            Answer answer = requests.handle(connection, type.textValue(), Fields.of(data));
            connection.answer(id, answer.data());
            answer.then().run();
        } catch (RefusedException e) {
            connection.refuse(id, e.problem());
        } catch (RuntimeException e) {
            String fault = UUID.randomUUID().toString().substring(0, 8);
            LOG.errorf(e, "fault %s in %s", fault, type.asText());
            connection.refuse(id, Problem.of(ErrorCode.INTERNAL, "Fault " + fault + "."));
        }
    }

    private static boolean isTooLarge(String text) {
        if ((long) text.length() * UTF8_MAX <= MESSAGE_BYTES_MAX) return false;
        return text.length() > MESSAGE_BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > MESSAGE_BYTES_MAX;
    }

    @OnClose
    @RunOnVirtualThread
    void close(WebSocketConnection socket) {
        Connection connection = socket.userData().get(CONNECTION);
        if (connection == null) return;
        Session session = hub.closed(connection);
        if (session != null) hub.lost(session);
    }

    /** Frames that are no messages, such as one beyond the hard limit: this connection cannot go on; its session can. */
    @OnError
    void failed(Throwable error, WebSocketConnection socket) {
        LOG.debugf("socket: %s", error.toString());
        socket.close(UNREADABLE).subscribe().with(_ -> {}, _ -> {});
    }
}
