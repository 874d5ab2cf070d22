package dev.roomcast.core.internal.cluster;

import dev.roomcast.core.internal.runtime.Complaints;
import dev.roomcast.core.internal.runtime.DeliveryTally;
import dev.roomcast.core.internal.runtime.Destination;
import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.codec.BusMessage;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts messages on the bus. Thread-safe; never blocks. */
public final class BusPublisher {
  /** The server id of an emitter, which nobody ignores. */
  public static final String EMITTER = "emitter";

  private final String serverId;
  private final Bus bus;
  private final Codec codec;
  private final Channels channels;
  private final Observer observer;
  private final Complaints complaints;
  private final Predicate<Destination> heardHere;

  /**
   * A publisher.
   *
   * @param complaints told why the bus did not take a message
   * @param heardHere whether this very process is subscribed to a destination's channel, so that
   *     the bus counts it among the servers that took a message
   */
  public BusPublisher(
      String serverId,
      Bus bus,
      Codec codec,
      Channels channels,
      Observer observer,
      Complaints complaints,
      Predicate<Destination> heardHere) {
    this.serverId = serverId;
    this.bus = bus;
    this.codec = codec;
    this.channels = channels;
    this.observer = observer;
    this.complaints = complaints;
    this.heardHere = heardHere;
  }

  /** Publishes a message; the tally gets one part for the bus. */
  public void send(
      Destination to,
      String event,
      @Nullable Json data,
      Collection<String> exclude,
      DeliveryTally tally) {
    var unused =
        publish(
            channels.of(to),
            new BusMessage(
                serverId,
                Wire.type(to),
                Wire.target(to).orElse(null),
                event,
                data,
                List.copyOf(exclude)),
            heardHere.test(to) ? 1 : 0,
            tally);
  }

  /**
   * Asks the other servers to do something to a destination's clients; the tally gets one part for
   * the bus.
   */
  public void control(
      ControlVerb verb,
      Destination who,
      String argument,
      Collection<String> exclude,
      DeliveryTally tally) {
    var unused =
        publish(
            channels.control(),
            new BusMessage(
                serverId,
                verb.word(),
                Wire.control(who),
                verb.word(),
                codec.mapper().toJson(Map.of(verb.argument(), argument)),
                List.copyOf(exclude)),
            /* ourselves= */ 1,
            tally);
  }

  /** A message to ourselves; the stage tells whether the bus took it. */
  CompletionStage<?> canary(long number) {
    DeliveryTally unread = new DeliveryTally();
    CompletionStage<?> taken =
        publish(
            channels.control(),
            new BusMessage(
                serverId,
                Wire.CANARY,
                null,
                Wire.CANARY,
                codec.mapper().toJson(Map.of(Wire.CANARY_NUMBER, number)),
                List.of()),
            /* ourselves= */ 1,
            unread);
    unread.submitted();
    return taken;
  }

  private CompletionStage<Long> publish(
      String channel, BusMessage message, int ourselves, DeliveryTally tally) {
    tally.begin();
    return bus.publish(channel, codec.busMessages().write(message))
        .whenComplete(
            (servers, failed) -> {
              if (failed == null) {
                observer.count(Signal.BUS_PUBLISHED);
                tally.published(servers < 0 ? servers : Math.max(0, servers - ourselves));
              } else {
                observer.count(Signal.BUS_PUBLISH_FAILED);
                complaints.about("publishing on the bus failed: " + failed.getMessage());
                tally.publishFailed();
              }
            });
  }
}
