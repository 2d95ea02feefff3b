package dev.parley.signaling.kafka;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.event.Topics;
import dev.parley.signaling.app.Beans;
import dev.parley.signaling.domain.port.Documents;
import dev.parley.signaling.domain.port.Signals;
import dev.parley.signaling.domain.port.Sockets;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Topic {@link Topics#ROOM_SIGNALS}, the part that copies of this service tell each other. The own sockets are told directly, so that Kafka's
 * absence does not matter to them; {@link EveryCopyIn} drops what comes back.
 */
@ApplicationScoped
public class SignalsOut implements Signals {
    /** Data of {@link #USER_PUSH}. {@code data}: the push's data. */
    record UserPush(String bizName, String uid, String type, String roomId, Object data) {}

    /** Data of {@link #SESSION_GONE}. */
    record SessionGone(String sessionId, int epochBelow) {}

    static final String USER_PUSH = "user.push.v1";
    static final String SESSION_GONE = "session.gone.v1";
    private static final Logger LOG = Logger.getLogger(SignalsOut.class);

    private final MutinyEmitter<Record<String, String>> emitter;
    private final Sockets sockets;
    private final Documents documents;
    private final Beans.Instance instance;
    private final Clock clock;

    SignalsOut(
            @Channel("room-signals-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1_024)
                    MutinyEmitter<Record<String, String>> emitter,
            Sockets sockets,
            Documents documents,
            Beans.Instance instance,
            Clock clock) {
        this.emitter = emitter;
        this.sockets = sockets;
        this.documents = documents;
        this.instance = instance;
        this.clock = clock;
    }

    @Override
    public void toUser(String bizName, String uid, String type, String roomId, String data) {
        sockets.toUser(bizName, uid, type, roomId, data);
        send(USER_PUSH, uid, new UserPush(bizName, uid, type, roomId, new RawValue(data)));
    }

    @Override
    public void sessionGone(String sessionId, int epochBelow) {
        sockets.sessionGone(sessionId, epochBelow);
        send(SESSION_GONE, sessionId, new SessionGone(sessionId, epochBelow));
    }

    /** Of events that this start of this copy has sent. */
    static String source(Beans.Instance instance) {
        return "signaling/" + instance.id();
    }

    private void send(String type, String key, Object data) {
        try {
            var event = CloudEvent.of(source(instance), type, key, clock.millis(), data);
            emitter.send(Record.of(key, documents.write(event)))
                    .subscribe()
                    .with(_ -> {}, e -> LOG.debugf("signal %s was lost: %s", type, e.getMessage()));
        } catch (RuntimeException e) {
            LOG.debugf("signal %s was lost: %s", type, e.getMessage());
        }
    }
}
