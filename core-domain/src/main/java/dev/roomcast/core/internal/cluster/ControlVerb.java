package dev.roomcast.core.internal.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What one server asks the others to do, on the control channel. */
public enum ControlVerb {
  /** Closes clients with 4007. */
  DISCONNECT("reason"),
  /** Makes clients join a room. */
  JOIN("room"),
  /** Makes clients leave a room. */
  LEAVE("room");

  private final String argument;

  ControlVerb(String argument) {
    this.argument = argument;
  }

  /** The name of the one member of the message's data. */
  String argument() {
    return argument;
  }

  /** As it stands in the message's type. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ControlVerb> of(String word) {
    return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
  }
}
