package dev.roomcast.port.time;

import java.time.Instant;

/** Tells the time. Thread-safe. */
public interface TimeSource {

  /** Monotonic nanoseconds from an arbitrary origin; compare by difference only. */
  long nanoTime();

  /** The time of day. */
  Instant instant();

  /** The machine's clocks. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
