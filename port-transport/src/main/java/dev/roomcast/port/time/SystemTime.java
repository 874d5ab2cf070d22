package dev.roomcast.port.time;

import java.time.Instant;

/** The machine's clocks: the one place that asks them. */
enum SystemTime implements TimeSource {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }
}
