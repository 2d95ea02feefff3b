package dev.parley.signaling.api.ws;

import io.quarkus.arc.ClientProxy;
import io.quarkus.websockets.next.WebSocketConnection;
import io.quarkus.websockets.next.runtime.WebSocketConnectionBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.impl.WebSocketInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * What WebSockets Next 3.32 cannot do with a socket, done to the Vert.x socket beneath, which is asked for by reflection: not to read for a
 * while (quarkusio/quarkus issue 56856; later versions have {@code max-pending-messages}), and to end without the other side's help.
 */
@ApplicationScoped
class SocketsBeneath {
    private final Vertx vertx;
    private final Method socketBeneath;
    private final Field delegate;

    /** Throws, and so stops the start, when the framework is another than the one this was written for. */
    SocketsBeneath(Vertx vertx) throws NoSuchMethodException, ClassNotFoundException, NoSuchFieldException {
        this.vertx = vertx;
        socketBeneath = WebSocketConnectionBase.class.getDeclaredMethod("webSocket");
        socketBeneath.setAccessible(true);
        // What Vert.x Web puts around the socket; not a public class.
        delegate = Class.forName("io.vertx.ext.web.impl.ServerWebSocketWrapper").getDeclaredField("delegate");
        delegate.setAccessible(true);
    }

    /**
     * Nothing more is read from this socket for {@code ms}, but what was read already: one who sends too much waits in his own TCP connection
     * instead of costing the others time and memory. From its event loop.
     */
    void pause(WebSocketConnection connection, long ms) {
        WebSocketInternal socket = beneath(connection);
        socket.pause();
        vertx.setTimer(ms, _ -> socket.resume());
    }

    /** Ends the TCP connection in {@code ms}, if it has not ended until then: a close frame does not reach one who does not read. */
    void cutIn(WebSocketConnection connection, long ms) {
        WebSocketInternal socket = beneath(connection);
        vertx.setTimer(ms, _ -> socket.channelHandlerContext().close());
    }

    private WebSocketInternal beneath(WebSocketConnection connection) {
        try {
            Object socket = socketBeneath.invoke(ClientProxy.unwrap(connection));
            if (delegate.getDeclaringClass().isInstance(socket)) socket = delegate.get(socket);
            return (WebSocketInternal) socket;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
