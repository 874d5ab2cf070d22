package dev.roomcast.wire.internal;

/**
 * Whether a fan-out that could leave now waits a little, so that what comes meanwhile leaves in the
 * same writes. Only a loop that is busy with writing waits: one that has just ended a round of
 * writes and finds more than one message for the same connections. So the first message after a
 * rest leaves at once, and a loop that keeps up never waits.
 *
 * <pre>
 *   round of writes | took >= window: the loop would write half of the time at most | round ...
 *                   ^ busy: the next is due at once, and messages have already met
 * </pre>
 *
 * <p>A window in which nothing met was in vain: as where a publisher waits for its members before
 * it publishes again. Then the next ones are left out, more of them each time. Pure; times are
 * nanoseconds of the loop's timers.
 */
public final class Pacing {
  /** Loops have no shorter timer, and a round shorter than half of it leaves the loop idle. */
  private static final long SHORTEST_WINDOW = 1_000_000;

  private static final long SHORTEST_ROUND = SHORTEST_WINDOW / 2;

  /** How many chances are left out at most before a window is tried again. */
  private static final int LONGEST_PAUSE = 128;

  private final long longest;
  private long ended;
  private long took;

  /** Chances that are still to be left out, and how many were last time. */
  private int pause;

  private int lastPause;

  /**
   * A loop that has not written yet.
   *
   * @param longest how long a fan-out may wait; 0 never
   */
  public Pacing(long longest) {
    this.longest = longest;
  }

  /**
   * How long the round of writes that could begin now is to wait; 0 not at all, else 1 ms or more.
   *
   * @param writes how many connections wait
   * @param met how many messages for a connection that waited already came since the last round
   *     began
   */
  public long window(long now, int writes, long met) {
    boolean busy = took >= SHORTEST_ROUND && now - ended <= took / 2 && worth(writes, met);
    if (longest == 0 || !busy) {
      return 0;
    }
    if (pause > 0) {
      pause--;
      return 0;
    }
    return Math.max(SHORTEST_WINDOW, Math.min(longest, took));
  }

  /**
   * A window is over.
   *
   * @param writes how many connections wait
   * @param met how many messages for a connection that waited already came since it opened
   */
  public void waited(int writes, long met) {
    lastPause = worth(writes, met) ? 0 : Math.min(LONGEST_PAUSE, 2 * lastPause + 1);
    pause = lastPause;
  }

  /** A round of writes is over. */
  public void wrote(long began, long now) {
    took = now - began;
    ended = now;
  }

  /** Whether joining saves at least a third of the writes. */
  private static boolean worth(int writes, long met) {
    return 2 * met >= writes;
  }
}
