package dev.roomcast.core.internal.cluster;

import dev.roomcast.core.internal.hub.Interest;
import dev.roomcast.core.internal.runtime.DeliveryTally;
import dev.roomcast.core.internal.runtime.Destination;
import dev.roomcast.core.internal.runtime.Fanout;
import dev.roomcast.core.internal.runtime.Messages;
import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A server's link to the others, or none. Thread-safe. */
public sealed interface BusLink permits NoBusLink, ConnectedBusLink {

  /** A server of its own. */
  static BusLink none() {
    return new NoBusLink();
  }

  /**
   * A server among others.
   *
   * @param housekeeping for timers; null for a thread of its own
   */
  static BusLink to(
      Bus bus,
      String serverId,
      Codec codec,
      Channels channels,
      boolean byInterest,
      Observer observer,
      TimeSource time,
      @Nullable EventLoop housekeeping) {
    return new ConnectedBusLink(
        bus, serverId, codec, channels, byInterest, observer, time, housekeeping);
  }

  /** Connects and subscribes; blocks until both are done. */
  void start(Messages messages, Fanout fanout);

  /** Publishes to the other servers, if there are any; the tally gets one part for the bus then. */
  void send(
      Destination to,
      String event,
      @Nullable Json data,
      Collection<String> exclude,
      DeliveryTally tally);

  /**
   * Asks the other servers, if there are any, to do something; the tally gets one part for the bus
   * then.
   */
  void control(
      ControlVerb verb,
      Destination who,
      String argument,
      Collection<String> exclude,
      DeliveryTally tally);

  /** Follows which rooms are here. */
  Interest interest();

  /**
   * Whether messages are exchanged, as far as is known; true where there is nobody to exchange them
   * with.
   */
  boolean connected();

  /** Leaves. */
  void close();
}
