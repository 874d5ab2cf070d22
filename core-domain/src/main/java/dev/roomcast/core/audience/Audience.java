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
 * <p>Across servers that subscribe to rooms by interest one thing is not in order: where clients of
 * other servers are made to join a room that has no member on their server yet, that server begins
 * to hear the room only once it has been told, and what was sent to the room meanwhile passes it
 * by, though the join came first. By pattern, the default, the order holds there too, but for a
 * Redis Cluster, which keeps it per channel. What must not be missed is sent to those clients
 * themselves.
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
   * Makes its clients join a room, without asking the room validator. The stage speaks of this
   * server alone: other servers are asked by the bus, and what the bus does not take is counted and
   * logged.
   *
   * @param room 1 to 256 UTF-16 units, not starting with {@code ws:}
   * @return whether at least one authenticated client of this server is in the room now
   * @throws IllegalArgumentException if the room's name is not valid
   * @throws IllegalStateException if the server is not running
   */
  CompletionStage<Boolean> join(String room);

  /**
   * Makes its clients leave a room. A client's own room cannot be left. The stage speaks of this
   * server alone, as that of {@link #join}.
   *
   * @return whether at least one authenticated client of this server was reached
   * @throws IllegalArgumentException if the room's name is not valid
   * @throws IllegalStateException if the server is not running
   */
  CompletionStage<Boolean> leave(String room);

  /**
   * Closes its clients' connections with 4007 after what was sent to them.
   *
   * <p>It reaches who is authenticated, as every call here. A client whose authenticator still runs
   * is admitted afterwards, by what the authenticator read before. So to lock a user out, first
   * write down that they are, then disconnect them, and have the connected hook look once more: it
   * runs for everyone whom this call came too early for.
   *
   * @param reason for the peer, at most 123 bytes of UTF-8
   * @return how it went: {@code queued} counts the clients of this server that are closed, and
   *     {@code bus} tells whether the other servers were asked to do the same; where it {@link
   *     DeliveryReport.Bus#FAILED}, clients of theirs are still connected
   * @throws IllegalArgumentException if the reason is too long
   * @throws IllegalStateException if the server is not running
   */
  Delivery disconnect(String reason);

  /** Closes its clients' connections with 4007 {@code Disconnected}. */
  default Delivery disconnect() {
    return disconnect("Disconnected");
  }

  /** Its authenticated clients on this server, excluded ones left out. A snapshot; any order. */
  List<Client<M>> clients();
}
