package dev.roomcast.server.churn;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers whatever happens in this process, so that it is known what came first. Thread-safe. */
final class Moments {
  /** What has not happened. */
  static final long NEVER = Long.MAX_VALUE;

  private final AtomicLong last = new AtomicLong();

  long next() {
    return last.incrementAndGet();
  }
}
