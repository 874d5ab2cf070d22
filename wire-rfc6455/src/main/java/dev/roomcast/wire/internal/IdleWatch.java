package dev.roomcast.wire.internal;

import java.time.Duration;

/**
 * How long nothing was heard of a peer, and what follows from it (protocol, section 1.5). Stands
 * still while reading is paused. Pure; times are nanoseconds of the loop's timers.
 */
public final class IdleWatch {

  /**
   * What a connection may be silent for.
   *
   * @param timeout nanoseconds until a silent connection closes; 0 never
   * @param pings whether it is asked for a sign of life at half of that
   */
  public record Rule(long timeout, boolean pings) {
    public static Rule of(Duration timeout, boolean pings) {
      return new Rule(timeout.toNanos(), pings);
    }
  }

  /** What is to be done. */
  public enum Step {
    WAIT,
    PING,
    CLOSE
  }

  private static final long NOT = -1;

  private final Rule rule;
  private long heardAt;
  private long pingedAt = NOT;
  private long frozenAt = NOT;

  public IdleWatch(Rule rule, long now) {
    this.rule = rule;
    heardAt = now;
  }

  /** Bytes came. */
  public void heard(long now) {
    heardAt = now;
    pingedAt = NOT;
    if (frozenAt != NOT) {
      frozenAt = now;
    }
  }

  /** Nothing can be heard from now on, as nobody listens. */
  public void freeze(long now) {
    if (frozenAt == NOT) {
      frozenAt = now;
    }
  }

  /** Reading goes on; the time in between does not count. */
  public void thaw(long now) {
    if (frozenAt != NOT) {
      heardAt += now - frozenAt;
      frozenAt = NOT;
    }
  }

  /**
   * What is to be done now; a ping is asked for once in a silence. A peer that is to be pinged is
   * never given up before it had half of the time to answer: this loop may itself have been late.
   */
  public Step step(long now) {
    if (now < due()) {
      return Step.WAIT;
    }
    if (rule.pings && pingedAt == NOT) {
      pingedAt = now;
      return Step.PING;
    }
    return Step.CLOSE;
  }

  /**
   * When {@link #step} has something to say unless something is heard; {@link LoopTimers#NEVER}.
   */
  public long due() {
    if (rule.timeout == 0 || frozenAt != NOT) {
      return LoopTimers.NEVER;
    }
    if (!rule.pings) {
      return heardAt + rule.timeout;
    }
    return pingedAt == NOT
        ? heardAt + rule.timeout / 2
        : Math.max(heardAt + rule.timeout, pingedAt + rule.timeout / 2);
  }
}
