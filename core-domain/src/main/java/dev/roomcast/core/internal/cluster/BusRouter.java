package dev.roomcast.core.internal.cluster;

import dev.roomcast.core.internal.model.Closes;
import dev.roomcast.core.internal.model.RoomNames;
import dev.roomcast.core.internal.runtime.Complaints;
import dev.roomcast.core.internal.runtime.DeliveryTally;
import dev.roomcast.core.internal.runtime.Destination;
import dev.roomcast.core.internal.runtime.Fanout;
import dev.roomcast.core.internal.runtime.Members;
import dev.roomcast.core.internal.runtime.Messages;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.codec.BusMessage;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.MalformedBusMessage;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes from the bus becomes commands: dropped by its channel before anything is parsed, where
 * nobody here is meant; never from ourselves; never what contradicts its channel. Called by one bus
 * thread.
 */
public final class BusRouter implements BusListener {
  private static final Logger LOG = LoggerFactory.getLogger(BusRouter.class);

  private final String serverId;
  private final Channels channels;
  private final Codec codec;
  private final Messages messages;
  private final Fanout fanout;
  private final Observer observer;
  private final Complaints complaints;
  private final LongConsumer ownCanary;
  private volatile boolean connected = true;

  /**
   * A router.
   *
   * @param ownCanary told the number of each canary of ours that came back
   */
  public BusRouter(
      String serverId,
      Channels channels,
      Codec codec,
      Messages messages,
      Fanout fanout,
      Observer observer,
      Complaints complaints,
      LongConsumer ownCanary) {
    this.serverId = serverId;
    this.channels = channels;
    this.codec = codec;
    this.messages = messages;
    this.fanout = fanout;
    this.observer = observer;
    this.complaints = complaints;
    this.ownCanary = ownCanary;
  }

  @Override
  public void onMessage(String channel, byte[] payload) {
    observer.count(Signal.BUS_RECEIVED);
    Optional<Destination> destination = channels.destination(channel);
    if (destination.isPresent() && !fanout.concerns(destination.get())) {
      observer.count(Signal.BUS_IRRELEVANT);
      return;
    }
    switch (codec.busMessages().read(ByteBuffer.wrap(payload))) {
      case MalformedBusMessage(String detail) -> refuse(channel, detail);
      case BusMessage own when own.serverId().equals(serverId) -> hearOwn(channel, own);
      case BusMessage message when destination.isPresent() ->
          deliver(channel, destination.get(), message);
      case BusMessage message when channel.equals(channels.control()) -> {
        // Those of others are nothing to us.
        if (!message.type().equals(Wire.CANARY)) {
          obey(channel, message);
        }
      }
      case BusMessage foreign -> refuse(channel, "nobody listens to this channel");
    }
  }

  private void hearOwn(String channel, BusMessage own) {
    if (channel.equals(channels.control())
        && own.type().equals(Wire.CANARY)
        && Members.of(codec.mapper(), own.data()).get(Wire.CANARY_NUMBER)
            instanceof Number number) {
      ownCanary.accept(number.longValue());
    }
  }

  private void deliver(String channel, Destination destination, BusMessage message) {
    if (!Wire.agrees(message, destination)) {
      refuse(channel, "type or target contradict the channel");
      return;
    }
    DeliveryTally tally = new DeliveryTally();
    fanout.send(
        destination,
        message.exclude(),
        messages.encode(message.event(), message.data(), null),
        tally);
    tally.submitted();
  }

  private void obey(String channel, BusMessage message) {
    Optional<ControlVerb> verb = ControlVerb.of(message.type());
    Optional<Destination> who = Optional.ofNullable(message.target()).flatMap(Wire::destination);
    Optional<String> argument = verb.flatMap(known -> argument(known, message.data()));
    if (who.isEmpty() || argument.isEmpty()) {
      refuse(channel, "no control message");
      return;
    }
    try {
      carryOut(verb.get(), who.get(), argument.get(), message);
    } catch (IllegalArgumentException bad) {
      refuse(channel, "room or reason is not valid");
    }
  }

  private void carryOut(ControlVerb verb, Destination who, String argument, BusMessage message) {
    switch (verb) {
      case DISCONNECT -> {
        var checked = new CloseStatus(Closes.disconnected(argument).code(), argument);
        DeliveryTally unread = new DeliveryTally();
        fanout.close(who, message.exclude(), Closes.disconnected(checked.reason()), unread);
        unread.submitted();
      }
      case JOIN -> {
        var unused = fanout.join(who, message.exclude(), RoomNames.requireValid(argument));
      }
      case LEAVE -> {
        var unused = fanout.leave(who, message.exclude(), RoomNames.requireValid(argument));
      }
    }
  }

  private Optional<String> argument(ControlVerb verb, @Nullable Json data) {
    return Members.of(codec.mapper(), data).get(verb.argument()) instanceof String value
        ? Optional.of(value)
        : Optional.empty();
  }

  private void refuse(String channel, String detail) {
    observer.count(Signal.BUS_MALFORMED);
    complaints.about("dropped a message on " + channel + ": " + detail);
  }

  @Override
  public void onConnection(boolean nowConnected) {
    connected = nowConnected;
    if (nowConnected) {
      LOG.info("the bus is connected again");
    } else {
      observer.count(Signal.BUS_CONNECTION_LOST);
      LOG.warn("the bus is not connected; local delivery goes on");
    }
  }

  @Override
  public void onDropped(long lost) {
    observer.count(Signal.BUS_DROPPED, lost);
    complaints.about("the bus dropped messages, because too many waited for this server: " + lost);
  }

  /** Whether the bus is connected. Any thread. */
  public boolean connected() {
    return connected;
  }
}
