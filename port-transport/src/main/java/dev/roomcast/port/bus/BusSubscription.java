package dev.roomcast.port.bus;

/** What a server wants to hear. */
public sealed interface BusSubscription {

  /** One channel, by its exact name. */
  record Channel(String name) implements BusSubscription {}

  /**
   * Every channel whose name begins so; the text is taken literally, also where the bus has
   * patterns of its own.
   */
  record Prefix(String prefix) implements BusSubscription {}

  /** Whether messages on {@code channel} belong to this subscription. */
  default boolean matches(String channel) {
    return switch (this) {
      case Channel(String name) -> channel.equals(name);
      case Prefix(String prefix) -> channel.startsWith(prefix);
    };
  }
}
