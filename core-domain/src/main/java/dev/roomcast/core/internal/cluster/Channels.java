package dev.roomcast.core.internal.cluster;

import dev.roomcast.core.internal.runtime.Destination;
import dev.roomcast.port.bus.BusSubscription;
import java.util.List;
import java.util.Optional;

/**
 * The channels' names: the protocol, section 2.
 *
 * @param prefix before all of them
 */
public record Channels(String prefix) {

  String of(Destination destination) {
    return switch (destination) {
      case Destination.Everyone everyone -> prefix + "broadcast";
      case Destination.ToClient(String id) -> prefix + "client:" + id;
      case Destination.ToUser(String id) -> prefix + "user:" + id;
      case Destination.ToRoom(String name) -> prefix + "room:" + name;
    };
  }

  String control() {
    return prefix + "control";
  }

  BusSubscription room(String name) {
    return new BusSubscription.Channel(of(new Destination.ToRoom(name)));
  }

  /** What every server subscribes to; rooms apart. */
  List<BusSubscription> always() {
    return List.of(
        new BusSubscription.Channel(of(new Destination.Everyone())),
        new BusSubscription.Channel(control()),
        new BusSubscription.Prefix(prefix + "client:"),
        new BusSubscription.Prefix(prefix + "user:"));
  }

  BusSubscription everyRoom() {
    return new BusSubscription.Prefix(prefix + "room:");
  }

  /** Whom a channel is for; empty for the control channel and for foreign ones. */
  Optional<Destination> destination(String channel) {
    return after(channel, "room:")
        .<Destination>map(Destination.ToRoom::new)
        .or(() -> after(channel, "client:").map(Destination.ToClient::new))
        .or(() -> after(channel, "user:").map(Destination.ToUser::new))
        .or(
            () ->
                channel.equals(prefix + "broadcast")
                    ? Optional.of(new Destination.Everyone())
                    : Optional.empty());
  }

  private Optional<String> after(String channel, String kind) {
    String start = prefix + kind;
    return channel.startsWith(start)
        ? Optional.of(channel.substring(start.length()))
        : Optional.empty();
  }
}
