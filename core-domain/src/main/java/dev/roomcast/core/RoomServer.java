package dev.roomcast.core;

import dev.roomcast.core.audience.Audience;
import dev.roomcast.core.audience.Audiences;
import dev.roomcast.core.audience.Client;
import dev.roomcast.core.internal.model.RoomNames;
import dev.roomcast.core.internal.runtime.Destination;
import dev.roomcast.port.transport.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A server of rooms: clients connect to it, authenticate, join rooms and get messages. Thread-safe.
 *
 * <p>Life cycle: {@link #builder}, {@link #start} once, {@link #close} or {@link #shutdown} once.
 *
 * @param <M> the metadata that the application keeps with each client
 */
public final class RoomServer<M> implements Audiences<M>, AutoCloseable {
  private final Node node;

  RoomServer(Node node) {
    this.node = node;
  }

  /**
   * Begins to compose a server.
   *
   * @param <M> the metadata that the application keeps with each client
   */
  public static <M> RoomServerBuilder<M> builder() {
    return new RoomServerBuilder<>();
  }

  /**
   * Connects the bus if there is one, then accepts clients. The seed's {@code configure}.
   *
   * @return where clients connect
   * @throws dev.roomcast.port.bus.BusException if the bus cannot be reached in time
   * @throws dev.roomcast.port.transport.TransportException if the transport cannot start
   * @throws IllegalStateException if the server was started before
   */
  public TransportAddress start() {
    return node.start(this);
  }

  /**
   * Shuts down: accepts nobody any more, flushes what is queued, closes every client with 1001,
   * waits for the disconnected hooks, leaves the bus. What takes longer than {@code closeTimeout}
   * and a second is cut off. Idempotent.
   *
   * @return completes when all is done
   */
  public CompletionStage<Void> shutdown() {
    return node.shutdown();
  }

  /** Shuts down and waits for it. Not from a hook or a loop. */
  @Override
  public void close() {
    node.shutdown().toCompletableFuture().join();
  }

  /** The id that this server bears on the bus; a UUID. */
  public String serverId() {
    return node.serverId();
  }

  /** How many connections are open, authenticated or not. */
  public int connections() {
    return node.population().connections();
  }

  /** How many of the open connections are not authenticated. */
  public int unauthenticatedConnections() {
    return node.population().unauthenticated();
  }

  /**
   * Whether the bus is connected, and what this server sent to itself came back through it; true
   * where there is none.
   */
  public boolean busConnected() {
    return node.busConnected();
  }

  /** The rooms that have a member here, or are about to. A snapshot. */
  public Set<String> rooms() {
    return Set.copyOf(node.directory().rooms().names());
  }

  /** The users that have a session here. A snapshot. */
  public Set<String> users() {
    return Set.copyOf(node.directory().users().names());
  }

  /**
   * Switches encryption by the application's transformer on for a client, after an own key
   * exchange: the seed's {@code enableClientEncryption}. What was sent before stays clear, what is
   * sent after is encrypted. Irreversible.
   *
   * @return false if the client is not here or not authenticated
   * @throws IllegalStateException if no outbound transformer is configured
   */
  public CompletionStage<Boolean> enableClientEncryption(String clientId) {
    return node.enableEncryption(clientId);
  }

  @Override
  public Audience<M> client(String clientId) {
    return audience(new Destination.ToClient(clientId));
  }

  @Override
  public Audience<M> user(String userId) {
    return audience(new Destination.ToUser(userId));
  }

  @Override
  public Audience<M> room(String name) {
    return audience(new Destination.ToRoom(RoomNames.requireValid(name)));
  }

  @Override
  public Audience<M> everyone() {
    return audience(new Destination.Everyone());
  }

  @Override
  public Audience<M> named(String destination) {
    return node.directory().isClient(destination) ? client(destination) : room(destination);
  }

  private Audience<M> audience(Destination destination) {
    return new NodeAudience<>(node, destination, Set.of(), /* everywhere= */ true);
  }

  @Override
  public List<Client<M>> clients() {
    List<Client<M>> clients = new ArrayList<>();
    node.directory().clients().forEach(session -> clients.add(Typed.client(session.snapshot())));
    return clients;
  }

  @Override
  public Optional<Client<M>> find(String clientId) {
    return node.directory().client(clientId).map(session -> Typed.client(session.snapshot()));
  }
}
