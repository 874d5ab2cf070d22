package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.model.Backlog;
import dev.roomcast.core.internal.model.Closes;
import dev.roomcast.core.internal.model.SessionEvent;
import dev.roomcast.port.cipher.SessionCipher;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session sends: the policy for slow clients, and then the connection, or whatever encrypts
 * on the way there. Confined to its loop, except {@link #backpressured}.
 *
 * <p>A client over its limit is closed with 4005, or its newest messages are dropped and counted
 * until there is room, and it is told by a {@code gap}: the protocol, section 1.8.
 */
final class Sender {
  /** How many times the limit may wait before a write was even attempted. */
  private static final int OFFERED_FACTOR = 16;

  /** What a connection may hold before it attempts a write: rule C09. */
  private static final long WRITTEN_AT = 256 * 1024;

  /** How soon a client is told of a gap at the latest, once nothing waits for it any more. */
  private static final Duration WATCH = Duration.ofMillis(500);

  private final Session session;
  private final Connection connection;
  private final ServerContext context;

  /** What encrypts; null as long as messages go straight to the connection. */
  private @Nullable Outbox sealing;

  private @Nullable SessionCipher cipher;
  private boolean over;
  private boolean congested;
  private long dropped;
  private volatile boolean backpressured;

  Sender(Session session, Connection connection, ServerContext context) {
    this.session = session;
    this.connection = connection;
    this.context = context;
  }

  Session session() {
    return session;
  }

  /** Sends, unless the client is too slow; false if the message was dropped. */
  boolean send(OutboundMessage message, Flush flush) {
    if (over) {
      context.observer().count(Signal.MESSAGE_DROPPED_CLOSED);
      return false;
    }
    if (congested && unsentBytes() == 0) {
      recovered();
    }
    if (!congested && beyondOffer(message)) {
      overloaded();
      watch();
    }
    if (over || congested) {
      context.losses().droppedFor(session.id(), /* firstOfGap= */ dropped == 0);
      dropped++;
      return false;
    }
    return pass(message, flush);
  }

  /** Sends what must not be missed: {@code connected} and other answers of the framework. */
  void sendAlways(OutboundMessage message) {
    if (!over) {
      pass(message, Flush.TURN_END);
    }
  }

  private boolean pass(OutboundMessage message, Flush flush) {
    if (sealing != null) {
      return sealing.send(message, flush);
    }
    connection.send(message.plain(), flush);
    return true;
  }

  private long unsentBytes() {
    return connection.queuedBytes() + (sealing == null ? 0 : sealing.waitingBytes());
  }

  private boolean beyondOffer(OutboundMessage message) {
    long offered = unsentBytes();
    long limit =
        WRITTEN_AT + (long) context.options().transport().backpressureLimit() * OFFERED_FACTOR;
    return offered > 0 && offered + message.size() > limit;
  }

  void onBackpressure(Backpressure level) {
    switch (level) {
      case CLEAR -> {
        backpressured = false;
        recovered();
      }
      case HIGH -> backpressured = true;
      case OVER_LIMIT, STALLED -> {
        backpressured = true;
        overloaded();
      }
    }
  }

  private void overloaded() {
    if (over) {
      return; // it is closing already, and what waits for its transformation still comes by here
    }
    if (context.options().sessions().closeOnBackpressureLimit() || !session.admitted()) {
      context.losses().closed(session.id());
      session.happen(new SessionEvent.CloseAsked(Closes.SLOW_CONSUMER, Backlog.DISCARD));
    } else {
      congested = true;
    }
  }

  // What waits for a transformation, or was taken by one late write, has no level that would clear.
  private void watch() {
    var unused =
        session
            .shard()
            .after(
                WATCH,
                () -> {
                  if (congested && !over) {
                    if (unsentBytes() == 0) {
                      recovered();
                    } else {
                      watch();
                    }
                  }
                });
  }

  private void recovered() {
    congested = false;
    if (dropped > 0 && !over) {
      long gap = dropped;
      dropped = 0;
      pass(context.messages().encode("gap", Map.of("dropped", gap), null), Flush.TURN_END);
    }
  }

  /** What follows is encrypted with the built-in cipher. */
  void sealWith(SessionCipher sessionCipher) {
    cipher = sessionCipher;
    sealing =
        new SealedOutbox(
            connection,
            sessionCipher,
            context.messages(),
            context.observer(),
            () -> session.encryptionFailed("the cipher failed"));
  }

  /** What follows goes through the application's transformer. */
  void transform() {
    sealing = new TransformedOutbox(session, connection, context);
  }

  /** The built-in cipher, if it is on. */
  @Nullable SessionCipher cipher() {
    return cipher;
  }

  void close(CloseStatus status, Pending pending) {
    over = true;
    if (sealing == null) {
      connection.close(status, pending);
    } else {
      sealing.close(status, pending);
    }
  }

  /** The connection is gone, or nothing will be sent to it any more. */
  void abandon() {
    over = true;
    if (sealing != null) {
      sealing.abandon();
    }
  }

  /** Whether more than the high watermark is unsent. Any thread. */
  boolean backpressured() {
    return backpressured;
  }
}
