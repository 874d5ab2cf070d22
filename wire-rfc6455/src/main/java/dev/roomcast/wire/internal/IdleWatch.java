package dev.roomcast.wire.internal;

import java.time.Duration;

/**
 * How long nothing was heard of a peer, and what follows from it (protocol, section 1.5). Stands
 * still while reading is paused. Pure; times are nanoseconds of the loop's timers.
 */
final class IdleWatch {

  /**
   * @param timeout nanoseconds until a silent connection closes; 0 never
   * @param pings whether it is asked for a sign of life at half of that
   */
  record Rule(long timeout, boolean pings) {
    static Rule of(Duration timeout, boolean pings) {
      return new Rule(timeout.toNanos(), pings);
    }
  }

  enum Step {
    WAIT,
    PING,
    CLOSE
  }

  private static final long RUNNING = -1;

  private final Rule rule;
  private long heardAt;
  private boolean pinged;
  private long frozenAt = RUNNING;

  IdleWatch(Rule rule, long now) {
    this.rule = rule;
    heardAt = now;
  }

  /** Bytes came. */
  void heard(long now) {
    heardAt = now;
    pinged = false;
  }

  /** Nothing can be heard from now on, as nobody listens. */
  void freeze(long now) {
    if (frozenAt == RUNNING) {
      frozenAt = now;
    }
  }

  /** Reading goes on; the time in between does not count. */
  void thaw(long now) {
    if (frozenAt != RUNNING) {
      heardAt += now - frozenAt;
      frozenAt = RUNNING;
    }
  }

  /** What is to be done now; a ping is asked for once in a silence. */
  Step step(long now) {
    if (now < due()) {
      return Step.WAIT;
    }
    if (now - heardAt >= rule.timeout) {
      return Step.CLOSE;
    }
    pinged = true;
    return Step.PING;
  }

  /**
   * When {@link #step} has something to say unless something is heard; {@link LoopTimers#NEVER}.
   */
  long due() {
    if (rule.timeout == 0 || frozenAt != RUNNING) {
      return LoopTimers.NEVER;
    }
    return heardAt + (rule.pings && !pinged ? rule.timeout / 2 : rule.timeout);
  }
}
