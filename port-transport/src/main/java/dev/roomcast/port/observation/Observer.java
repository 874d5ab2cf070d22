package dev.roomcast.port.observation;

/** Is told what happened. Thread-safe, fast, never blocks, never throws: called on the hot path. */
@FunctionalInterface
public interface Observer {

  /**
   * Something happened {@code times} times.
   *
   * @param times 1 or more
   */
  void count(Signal signal, long times);

  /** Once. */
  default void count(Signal signal) {
    count(signal, 1);
  }

  /** Forgets everything. */
  static Observer none() {
    return (signal, times) -> {};
  }
}
