package dev.roomcast.server.churn;

import dev.roomcast.core.audience.DeliveryReport;
import java.util.Set;

/** A message: whom it is for, which server sent it and when, and whether Redis took it. */
final class Sent {
  final int number;
  final String sender;
  final Target target;
  final Set<String> excluded;

  // Written once, by who sends it; read at the end.
  private volatile Origin origin;
  private volatile long called = Moments.NEVER;
  private volatile long returned = Moments.NEVER;
  private volatile boolean rejected;
  private volatile DeliveryReport.Bus bus = DeliveryReport.Bus.NOT_USED;

  /**
   * A message that nobody has sent yet.
   *
   * @param number larger than those of the same sender before
   */
  Sent(int number, String sender, Target target, Set<String> excluded) {
    this.number = number;
    this.sender = sender;
    this.target = target;
    this.excluded = excluded;
  }

  /** A server is about to send it. */
  void called(Origin by, long moment) {
    origin = by;
    called = moment;
  }

  /** The call returned. */
  void returned(long moment) {
    returned = moment;
  }

  void reported(DeliveryReport report) {
    rejected = report.rejectedLoops() > 0;
    bus = report.bus();
  }

  /** Null if no server was asked to send it. */
  Origin origin() {
    return origin;
  }

  long called() {
    return called;
  }

  long returned() {
    return returned;
  }

  /** Whether a server that lives had no room for it. */
  boolean rejected() {
    return rejected;
  }

  /** Whether Redis certainly has it. */
  boolean published() {
    return bus == DeliveryReport.Bus.PUBLISHED;
  }

  @Override
  public String toString() {
    return number + " of " + sender + " by " + origin + " to " + target;
  }
}
