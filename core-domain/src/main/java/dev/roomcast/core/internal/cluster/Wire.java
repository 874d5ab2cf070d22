package dev.roomcast.core.internal.cluster;

import dev.roomcast.core.internal.runtime.Destination;
import dev.roomcast.port.codec.BusMessage;
import java.util.Optional;

/** The words for destinations in a message's {@code type} and {@code target}. */
final class Wire {
  /** The type of a server's message to itself, on the control channel. */
  static final String CANARY = "canary";

  /** The member of its data. */
  static final String CANARY_NUMBER = "n";

  private Wire() {}

  static String type(Destination destination) {
    return switch (destination) {
      case Destination.Everyone everyone -> "broadcast";
      case Destination.ToClient client -> "client";
      case Destination.ToUser user -> "user";
      case Destination.ToRoom room -> "room";
    };
  }

  static Optional<String> target(Destination destination) {
    return switch (destination) {
      case Destination.Everyone everyone -> Optional.empty();
      case Destination.ToClient(String id) -> Optional.of(id);
      case Destination.ToUser(String id) -> Optional.of(id);
      case Destination.ToRoom(String name) -> Optional.of(name);
    };
  }

  /** Whether the message says the same as its channel: Redis ACLs on channels mean something. */
  static boolean agrees(BusMessage message, Destination channel) {
    return message.type().equals(type(channel))
        && target(channel).map(name -> name.equals(message.target())).orElse(true);
  }

  /** Reads what {@link #control} wrote. */
  static Optional<Destination> destination(String control) {
    int colon = control.indexOf(':');
    String kind = colon < 0 ? control : control.substring(0, colon);
    String name = colon < 0 ? "" : control.substring(colon + 1);
    return switch (kind) {
      case "broadcast" -> Optional.of(new Destination.Everyone());
      case "client" -> Optional.of(new Destination.ToClient(name));
      case "user" -> Optional.of(new Destination.ToUser(name));
      case "room" -> Optional.of(new Destination.ToRoom(name));
      default -> Optional.empty();
    };
  }

  /** A destination in one word, for the target of a control message. */
  static String control(Destination destination) {
    return target(destination).map(name -> type(destination) + ":" + name).orElse("broadcast");
  }
}
