package dev.roomcast.wire.internal;

/**
 * Whether a fan-out that could leave now waits a little, so that what comes meanwhile leaves in the
 * same writes. Only a loop that is busy with writing waits: one that wrote for half of the time at
 * least and has more than one message for the same connections, now or in the round before. So the
 * first message after a rest leaves at once, and a loop that keeps up never waits; but the first of
 * a burst does not take a round for itself where the last burst has just been written.
 *
 * <pre>
 *   round of writes | took >= window: the loop would write half of the time at most | round ...
 *                   ^ busy: the next is due no later than took from here, and messages meet
 * </pre>
 *
 * <p>Publishers that wait for their members before they publish again would only be held up, so a
 * window ends early where they fall silent: when nothing came for twice as long as messages were
 * apart before. One in which nothing met at all was in vain; then the next ones are left out, more
 * of them each time. Pure; times are nanoseconds of the loop's timers.
 */
public final class Pacing {
  /** Loops have no shorter timer, and a round shorter than half of it leaves the loop idle. */
  private static final long SHORTEST_WINDOW = 1_000_000;

  private static final long SHORTEST_ROUND = SHORTEST_WINDOW / 2;

  /** Messages per connection from which joining saves a third of the writes. */
  private static final double WORTH = 1.5;

  /** How many chances are left out at most before a window is tried again. */
  private static final int LONGEST_PAUSE = 128;

  private final long longest;
  private long began;
  private long ended;

  /** Messages per connection that the last round carried. */
  private double carried = 1;

  /** When the open window ends, how long its parts are, and what waited when this one began. */
  private long end;

  private long silence;
  private long waiting;

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
   * How long the round of writes that could begin now is to wait, before {@link #waited} is asked;
   * 0 not at all, else 1 ms or more.
   *
   * @param writes how many connections wait
   * @param met how many messages for a connection that waited already came since the last round
   *     began
   */
  public long window(long now, int writes, long met) {
    long took = ended - began;
    double waits = perConnection(writes, met);
    double messages = waits >= WORTH ? waits : carried;
    carried = waits;
    boolean busy = took >= SHORTEST_ROUND && now - ended <= took && messages >= WORTH;
    if (longest == 0 || !busy) {
      return 0;
    }
    if (pause > 0) {
      pause--;
      return 0;
    }
    silence = wholeMillis((long) (2 * (now - began) / messages));
    end = now + Math.max(SHORTEST_WINDOW, Math.min(longest, took));
    waiting = writes;
    return part(now);
  }

  /**
   * What was to wait has waited; how much longer it is to, 0 if the round is to begin.
   *
   * @param writes how many connections wait
   * @param met how many messages for a connection that waited already came since the window opened
   */
  public long waited(long now, int writes, long met) {
    boolean silent = writes + met == waiting;
    waiting = writes + met;
    if (!silent && end - now >= SHORTEST_WINDOW) {
      return part(now);
    }
    double messages = perConnection(writes, met);
    carried += messages - 1;
    lastPause = messages >= WORTH ? 0 : Math.min(LONGEST_PAUSE, 2 * lastPause + 1);
    pause = lastPause;
    return 0;
  }

  /** The next part of the window, with a rest that no timer could tell. */
  private long part(long now) {
    long left = end - now;
    return left - silence < SHORTEST_WINDOW ? left : silence;
  }

  /** A round of writes is over. */
  public void wrote(long began, long now) {
    this.began = began;
    ended = now;
  }

  /** Loops round up. */
  private static long wholeMillis(long nanos) {
    return Math.max(SHORTEST_WINDOW, nanos - nanos % SHORTEST_WINDOW);
  }

  private static double perConnection(int writes, long met) {
    return 1 + (double) met / writes;
  }
}
