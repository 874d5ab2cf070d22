package dev.roomcast.server.web;

import dev.roomcast.core.RoomServer;
import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.observation.Signal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the server is: for health checks and statistics. Thread-safe. */
public final class Status {

  /** Whether it takes clients; the words of {@code /health/ready}. */
  enum Readiness {
    STARTING,
    READY,
    BUS_DISCONNECTED,
    STOPPING;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final CountingObserver counted;
  private volatile @Nullable RoomServer<?> server;
  private volatile boolean stopping;

  /** Of a server that has not started yet. */
  public Status(CountingObserver counted) {
    this.counted = counted;
  }

  /** The server takes clients from now on. */
  public void started(RoomServer<?> running) {
    server = running;
  }

  /** The server takes no clients any more. */
  public void stopping() {
    stopping = true;
  }

  Readiness readiness() {
    RoomServer<?> running = server;
    if (stopping) {
      return Readiness.STOPPING;
    }
    if (running == null) {
      return Readiness.STARTING;
    }
    return running.busConnected() ? Readiness.READY : Readiness.BUS_DISCONNECTED;
  }

  /** What is now, and what was counted since the start. */
  Map<String, Object> stats() {
    Map<String, Object> stats = new LinkedHashMap<>();
    RoomServer<?> running = server;
    if (running != null) {
      stats.put("connections", running.connections());
      stats.put("unauthenticatedConnections", running.unauthenticatedConnections());
      stats.put("rooms", running.rooms().size());
      stats.put("users", running.users().size());
    }
    Runtime machine = Runtime.getRuntime();
    stats.put("heapBytes", machine.totalMemory() - machine.freeMemory());
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Signal signal : Signal.values()) {
      counts.put(signal.name().toLowerCase(Locale.ROOT), counted.sum(signal));
    }
    stats.put("counted", counts);
    return stats;
  }
}
