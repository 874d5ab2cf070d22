package dev.roomcast.core.internal.cluster;

import dev.roomcast.core.internal.hub.Interest;
import dev.roomcast.core.internal.runtime.DeliveryTally;
import dev.roomcast.core.internal.runtime.Destination;
import dev.roomcast.core.internal.runtime.Fanout;
import dev.roomcast.core.internal.runtime.Messages;
import dev.roomcast.port.codec.Json;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A server of its own: there is nobody to talk to. */
record NoBusLink() implements BusLink {

  @Override
  public void start(Messages messages, Fanout fanout) {}

  @Override
  public void send(
      Destination to,
      String event,
      @Nullable Json data,
      Collection<String> exclude,
      DeliveryTally tally) {}

  @Override
  public void control(
      ControlVerb verb,
      Destination who,
      String argument,
      Collection<String> exclude,
      DeliveryTally tally) {}

  @Override
  public Interest interest() {
    return Interest.none();
  }

  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public void close() {}
}
