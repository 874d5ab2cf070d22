package dev.roomcast.simulation;

import dev.roomcast.testkit.bus.InMemoryBus;

/** Who publishes: one life of a server, or the emitter. What one publishes comes in order. */
final class Origin {
  private final String name;
  private final InMemoryBus bus;
  private boolean connected = true;

  Origin(String name, InMemoryBus bus) {
    this.name = name;
    this.bus = bus;
  }

  InMemoryBus bus() {
    return bus;
  }

  boolean connected() {
    return connected;
  }

  void connected(boolean now) {
    connected = now;
    if (now) {
      bus.reconnect();
    } else {
      bus.disconnect();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
