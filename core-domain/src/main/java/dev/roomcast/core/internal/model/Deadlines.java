package dev.roomcast.core.internal.model;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What is due when. Pure data of one loop; cancelled deadlines leave at once, so that a session
 * that ends early is not kept by one that is due in hours.
 *
 * @param <T> what is due
 */
public final class Deadlines<T> {

  /** A deadline that was set; for cancelling it. */
  public static final class Deadline<T> implements Comparable<Deadline<T>> {
    private final long dueNanos;
    private final long sequence;
    private final T what;

    private Deadline(long dueNanos, long sequence, T what) {
      this.dueNanos = dueNanos;
      this.sequence = sequence;
      this.what = what;
    }

    // By difference, because nanoTime may overflow.
    @Override
    public int compareTo(Deadline<T> other) {
      long earlier = dueNanos - other.dueNanos;
      return earlier != 0 ? Long.signum(earlier) : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(sequence);
    }
  }

  private final TreeSet<Deadline<T>> waiting = new TreeSet<>();
  private long sequence;

  /** Sets a deadline at a {@code TimeSource.nanoTime}. */
  public Deadline<T> add(long dueNanos, T what) {
    Deadline<T> deadline = new Deadline<>(dueNanos, sequence++, what);
    waiting.add(deadline);
    return deadline;
  }

  /** Cancels a deadline; nothing happens if it was due or cancelled before. */
  public void cancel(Deadline<T> deadline) {
    waiting.remove(deadline);
  }

  /**
   * Takes out the earliest deadline that is due. One at a time, because what is done about it may
   * cancel the next.
   */
  public Optional<T> poll(long nowNanos) {
    if (waiting.isEmpty() || waiting.first().dueNanos - nowNanos > 0) {
      return Optional.empty();
    }
    return Optional.of(waiting.removeFirst().what);
  }

  /** When the next deadline is due; empty if there is none. */
  public OptionalLong next() {
    return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(waiting.first().dueNanos);
  }

  /** How many are waiting. */
  public int size() {
    return waiting.size();
  }
}
