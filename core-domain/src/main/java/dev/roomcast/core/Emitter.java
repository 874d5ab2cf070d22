package dev.roomcast.core;

import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.core.internal.cluster.BusPublisher;
import dev.roomcast.core.internal.cluster.Channels;
import dev.roomcast.core.internal.model.RoomNames;
import dev.roomcast.core.internal.runtime.Complaints;
import dev.roomcast.core.internal.runtime.DeliveryTally;
import dev.roomcast.core.internal.runtime.Destination;
import dev.roomcast.core.options.ServerOptions;
import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends to clients from a process that is no server: the seed's {@code WebSocketEmitter}. Needs a
 * bus and a codec. Thread-safe.
 *
 * <p>Life cycle: {@link #start} once, then send, then {@link #close}. Each method returns a stage
 * that tells whether the bus took the message and how many servers received it. It never completes
 * exceptionally, and runs dependents on a thread of the bus: do not block there. Of {@code
 * RedissonBus} a dependent may {@link #close} the emitter.
 */
public final class Emitter implements AutoCloseable {
  private final Bus bus;
  private final Codec codec;
  private final BusPublisher publisher;

  private Emitter(Bus bus, Codec codec, String channelPrefix, Observer observer) {
    this.bus = bus;
    this.codec = codec;
    publisher =
        new BusPublisher(
            BusPublisher.EMITTER,
            bus,
            codec,
            new Channels(channelPrefix),
            observer,
            new Complaints(TimeSource.system()),
            to -> false);
  }

  /** An emitter on the default channels. */
  public static Emitter on(Bus bus, Codec codec) {
    return on(bus, codec, ServerOptions.defaults().cluster().channelPrefix(), Observer.none());
  }

  /**
   * An emitter.
   *
   * @param channelPrefix as the servers' option of that name
   */
  public static Emitter on(Bus bus, Codec codec, String channelPrefix, Observer observer) {
    return new Emitter(bus, codec, channelPrefix, observer);
  }

  /**
   * Connects. The seed's {@code configure}.
   *
   * @throws dev.roomcast.port.bus.BusException if the bus cannot be reached in time
   */
  public void start() {
    bus.start(BusListener.none());
  }

  /** Sends to one client. */
  public CompletionStage<DeliveryReport> toClient(
      String clientId, String event, @Nullable Object data) {
    return emit(new Destination.ToClient(clientId), event, data, List.of());
  }

  /** Sends to all sessions of a user. */
  public CompletionStage<DeliveryReport> toUser(
      String userId, String event, @Nullable Object data) {
    return emit(new Destination.ToUser(userId), event, data, List.of());
  }

  /** Sends to a room. */
  public CompletionStage<DeliveryReport> toRoom(String room, String event, @Nullable Object data) {
    return toRoom(room, event, data, List.of());
  }

  /**
   * Sends to a room.
   *
   * @param exclude client ids
   * @throws IllegalArgumentException if the room's name is not valid
   */
  public CompletionStage<DeliveryReport> toRoom(
      String room, String event, @Nullable Object data, Collection<String> exclude) {
    return emit(new Destination.ToRoom(RoomNames.requireValid(room)), event, data, exclude);
  }

  /** Sends to everyone. */
  public CompletionStage<DeliveryReport> broadcast(String event, @Nullable Object data) {
    return emit(new Destination.Everyone(), event, data, List.of());
  }

  private CompletionStage<DeliveryReport> emit(
      Destination to, String event, @Nullable Object data, Collection<String> exclude) {
    if (event.isEmpty()) {
      throw new IllegalArgumentException("event is empty, expected 1 character or more");
    }
    DeliveryTally tally = new DeliveryTally();
    publisher.send(to, event, codec.mapper().toJson(data), exclude, tally);
    tally.submitted();
    return tally.report();
  }

  /** Leaves the bus. The seed's {@code shutdown}. */
  @Override
  public void close() {
    bus.close();
  }
}
