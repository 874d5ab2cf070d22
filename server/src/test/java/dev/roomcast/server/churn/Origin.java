package dev.roomcast.server.churn;

/** A server between a start and an end. Thread-safe. */
final class Origin {
  final String name;
  private volatile long shutdown = Moments.NEVER;

  Origin(String name) {
    this.name = name;
  }

  /** It is about to shut down in order. */
  void shutdown(long moment) {
    shutdown = moment;
  }

  /** When it was about to shut down in order; what crashed never did. */
  long shutdown() {
    return shutdown;
  }

  @Override
  public String toString() {
    return name;
  }
}
