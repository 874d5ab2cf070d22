package dev.roomcast.guice;

import dev.roomcast.core.RoomServerBuilder;

/** What one module adds to the server's builder. */
@FunctionalInterface
interface Contribution {
  void addTo(RoomServerBuilder<Object> builder);
}
