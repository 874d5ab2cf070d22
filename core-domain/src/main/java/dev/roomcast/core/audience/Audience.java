package dev.roomcast.core.audience;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message goes to: a client, a user's sessions, a room, or everyone. Immutable and
 * thread-safe; who belongs to it is found out anew by each call.
 *
 * <p>Order: if one call returned before another began, every client sees them in that order; that
 * holds between sends, joins, leaves and disconnects. Concurrent publishers may be seen in
 * different orders by different clients.
 *
 * @param <M> the application's metadata
 */
public interface Audience<M> {

  /** Sends an event without data. */
  Delivery send(String event);

  /**
   * Sends an event. Never blocks, and never throws for reasons of I/O.
   *
   * @param event not empty
   * @param data written as JSON by the codec; null is the JSON value {@code null}
   * @throws IllegalArgumentException if the event is empty
   * @throws dev.roomcast.port.codec.JsonBindingException if the data cannot be written
   * @throws IllegalStateException if the server is not running
   */
  Delivery send(String event, @Nullable Object data);

  /**
   * The same audience without some clients. Ids that nobody bears are ignored.
   *
   * @param clientIds added to those excluded before
   */
  Audience<M> except(Collection<String> clientIds);

  /** The same audience without some clients. */
  default Audience<M> except(String... clientIds) {
    return except(List.of(clientIds));
  }

  /** The same audience, on this server alone. */
  Audience<M> here();

  /**
   * Makes its clients join a room, without asking the room validator.
   *
   * @param room 1 to 256 UTF-16 units, not starting with {@code ws:}
   * @return whether at least one authenticated client of this server is in the room now
   * @throws IllegalArgumentException if the room's name is not valid
   * @throws IllegalStateException if the server is not running
   */
  CompletionStage<Boolean> join(String room);

  /**
   * Makes its clients leave a room. A client's own room cannot be left.
   *
   * @return whether at least one authenticated client of this server was reached
   * @throws IllegalArgumentException if the room's name is not valid
   * @throws IllegalStateException if the server is not running
   */
  CompletionStage<Boolean> leave(String room);

  /**
   * Closes its clients' connections with 4007 after what was sent to them.
   *
   * @param reason for the peer, at most 123 bytes of UTF-8
   * @throws IllegalArgumentException if the reason is too long
   * @throws IllegalStateException if the server is not running
   */
  void disconnect(String reason);

  /** Closes its clients' connections with 4007 {@code Disconnected}. */
  default void disconnect() {
    disconnect("Disconnected");
  }

  /** Its authenticated clients on this server, excluded ones left out. A snapshot; any order. */
  List<Client<M>> clients();
}
