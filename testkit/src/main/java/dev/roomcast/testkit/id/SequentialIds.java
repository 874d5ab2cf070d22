package dev.roomcast.testkit.id;

import dev.roomcast.port.id.IdSource;
import java.util.concurrent.atomic.AtomicLong;

/** Ids in the form of UUIDs, counted up from 1. Thread-safe. */
public final class SequentialIds implements IdSource {
  private final int space;
  private final AtomicLong last = new AtomicLong();

  /** Ids that begin with zeros. */
  public SequentialIds() {
    this(0);
  }

  /**
   * Ids that differ from those of every other space, for a world of several servers.
   *
   * @param space the first eight hexadecimal digits
   */
  public SequentialIds(int space) {
    this.space = space;
  }

  @Override
  public String next() {
    return "%08x-0000-4000-8000-%012x".formatted(space, last.incrementAndGet());
  }
}
