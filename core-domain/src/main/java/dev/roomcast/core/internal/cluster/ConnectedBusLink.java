package dev.roomcast.core.internal.cluster;

import dev.roomcast.core.internal.hub.Interest;
import dev.roomcast.core.internal.runtime.Complaints;
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
import dev.roomcast.port.transport.ThreadEventLoop;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A server among others. */
final class ConnectedBusLink implements BusLink {
  private final Bus bus;
  private final String serverId;
  private final Codec codec;
  private final Channels channels;
  private final boolean byInterest;
  private final Observer observer;
  private final Complaints complaints;
  private final BusPublisher publisher;
  private final Interest interest;
  private final @Nullable EventLoop housekeeping;
  private volatile @Nullable Running running;

  private record Running(BusRouter router, Canary canary, Runnable releaseTimer) {}

  ConnectedBusLink(
      Bus bus,
      String serverId,
      Codec codec,
      Channels channels,
      boolean byInterest,
      Observer observer,
      TimeSource time,
      @Nullable EventLoop housekeeping) {
    this.bus = bus;
    this.serverId = serverId;
    this.codec = codec;
    this.channels = channels;
    this.byInterest = byInterest;
    this.observer = observer;
    this.housekeeping = housekeeping;
    complaints = new Complaints(time);
    SubscriptionInterest rooms = byInterest ? new SubscriptionInterest(bus, channels) : null;
    interest = rooms == null ? Interest.none() : rooms;
    publisher =
        new BusPublisher(
            serverId,
            bus,
            codec,
            channels,
            observer,
            new Complaints(time), // others must not keep it silent
            to ->
                rooms == null
                    || !(to instanceof Destination.ToRoom(String name))
                    || rooms.follows(name));
  }

  @Override
  public void start(Messages messages, Fanout fanout) {
    EventLoop timer = housekeeping;
    Runnable release = () -> {};
    if (timer == null) {
      ThreadEventLoop own = EventLoop.singleThread("roomcast-bus");
      timer = own;
      release = own::close;
    }
    Canary canary = new Canary(bus, timer, observer, this::busConnected, publisher::canary);
    BusRouter incoming =
        new BusRouter(
            serverId, channels, codec, messages, fanout, observer, complaints, canary::heard);
    running = new Running(incoming, canary, release);
    // Subscribed before the start, so that the start waits for it: nobody connects too early.
    channels.always().forEach(bus::subscribe);
    if (!byInterest) {
      bus.subscribe(channels.everyRoom());
    }
    bus.start(incoming);
    canary.start();
  }

  @Override
  public void send(
      Destination to,
      String event,
      @Nullable Json data,
      Collection<String> exclude,
      DeliveryTally tally) {
    publisher.send(to, event, data, exclude, tally);
  }

  @Override
  public void control(
      ControlVerb verb,
      Destination who,
      String argument,
      Collection<String> exclude,
      DeliveryTally tally) {
    publisher.control(verb, who, argument, exclude, tally);
  }

  @Override
  public Interest interest() {
    return interest;
  }

  private boolean busConnected() {
    Running now = running;
    return now != null && now.router().connected();
  }

  @Override
  public boolean connected() {
    Running now = running;
    return now != null && now.router().connected() && now.canary().alive();
  }

  @Override
  public void close() {
    Running now = running;
    if (now != null) {
      now.canary().end();
      now.releaseTimer().run();
    }
    bus.close();
  }
}
