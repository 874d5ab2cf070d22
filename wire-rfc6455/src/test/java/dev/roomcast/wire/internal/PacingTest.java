package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class PacingTest {
  private static final long MILLI = Duration.ofMillis(1).toNanos();
  private static final long LONGEST = 5 * MILLI;
  private static final int WRITES = 1000;
  private static final long MANY = 3000;

  /** One that has written from 0 to {@code took}. */
  private static Pacing afterRound(long longest, long took) {
    Pacing pacing = new Pacing(longest);
    pacing.wrote(0, took);
    return pacing;
  }

  @Example
  void letsNothingWaitBeforeTheFirstRound() {
    assertThat(new Pacing(LONGEST).window(0, WRITES, MANY)).isZero();
  }

  @Example
  void waitsAsLongAsTheRoundTook() {
    assertThat(afterRound(LONGEST, 3 * MILLI).window(3 * MILLI, WRITES, MANY)).isEqualTo(3 * MILLI);
  }

  @Example
  void waitsAtLeastAMillisecond() {
    assertThat(afterRound(LONGEST, MILLI / 2).window(MILLI / 2, WRITES, MANY)).isEqualTo(MILLI);
  }

  @Example
  void waitsNoLongerThanAllowed() {
    assertThat(afterRound(LONGEST, 9 * MILLI).window(9 * MILLI, WRITES, MANY)).isEqualTo(LONGEST);
  }

  @Example
  void letsNothingWaitThatIsWrittenInNoTime() {
    long took = MILLI / 2 - 1;
    assertThat(afterRound(LONGEST, took).window(took, WRITES, MANY)).isZero();
  }

  @Example
  void letsNothingWaitAfterARest() {
    long now = 4 * MILLI + 2 * MILLI;
    assertThat(afterRound(LONGEST, 4 * MILLI).window(now, WRITES, MANY)).isPositive();
    assertThat(afterRound(LONGEST, 4 * MILLI).window(now + 1, WRITES, MANY)).isZero();
  }

  @Example
  void letsNothingWaitWhereTooFewMet() {
    assertThat(afterRound(LONGEST, LONGEST).window(LONGEST, WRITES, WRITES / 2)).isPositive();
    assertThat(afterRound(LONGEST, LONGEST).window(LONGEST, WRITES, WRITES / 2 - 1)).isZero();
  }

  @Property(tries = 50)
  void neverWaitsWhereItIsOff(@ForAll @IntRange(min = 0, max = 100_000_000) int took) {
    assertThat(afterRound(0, took).window(took, WRITES, MANY)).isZero();
  }

  @Example
  void triesEverMoreSeldomWhereNothingComes() {
    Pacing pacing = afterRound(LONGEST, LONGEST);
    int windows = 0;
    for (int chance = 0; chance < 10_000; chance++) {
      if (pacing.window(LONGEST, WRITES, MANY) > 0) {
        windows++;
        pacing.waited(WRITES, 0);
      }
    }
    assertThat(windows).isBetween(10_000 / 129, 10_000 / 129 + 9);
  }

  @Example
  void waitsEachTimeAgainOnceItIsWorthIt() {
    Pacing pacing = afterRound(LONGEST, LONGEST);
    pacing.waited(WRITES, 0);
    assertThat(pacing.window(LONGEST, WRITES, MANY)).as("left out").isZero();
    for (int chance = 0; chance < 100; chance++) {
      assertThat(pacing.window(LONGEST, WRITES, MANY)).isPositive();
      pacing.waited(WRITES, WRITES);
    }
  }

  /**
   * A loop that writes each message to all members of one room, in virtual time: what it does with
   * and without pacing at any rate.
   */
  private static final class Loop {
    final Pacing pacing;
    final long write;
    final long interval;
    long published;
    long now;
    long writing;
    long longestWait;

    Loop(long longest, long write, long interval) {
      pacing = new Pacing(longest);
      this.write = write;
      this.interval = interval;
    }

    void run(long until) {
      long met = 0;
      while (now < until) {
        long first = Math.max(now, published * interval);
        long due = first;
        now = first;
        int messages = take();
        met += (long) WRITES * (messages - 1);
        long window = pacing.window(now, WRITES, met);
        if (window > 0) {
          now += window;
          int more = take();
          pacing.waited(WRITES, (long) WRITES * more);
        }
        longestWait = Math.max(longestWait, now - due);
        long began = now;
        now += write * WRITES;
        writing += now - began;
        pacing.wrote(began, now);
        met = 0;
      }
    }

    /** What was published up to now. */
    private int take() {
      int messages = 0;
      for (; published * interval <= now; published++) {
        messages++;
      }
      return messages;
    }
  }

  @Property
  void costsNoTimeWhereTheLoopKeepsUp(
      @ForAll @IntRange(min = 100, max = 50_000) int write,
      @ForAll @IntRange(min = 0, max = 1_000_000_000) int rest) {
    Loop loop = new Loop(LONGEST, write, (long) write * WRITES + rest);
    loop.run(Duration.ofSeconds(1).toNanos());
    assertThat(loop.longestWait).isZero();
  }

  @Property
  void writesHalfOfTheTimeWhereItWouldNeverRest(
      @ForAll @IntRange(min = 1_000, max = 5_000) int write,
      @ForAll @IntRange(min = 2, max = 20) int load) {
    long round = (long) write * WRITES;
    Loop loop = new Loop(LONGEST, write, round / load);
    loop.run(Duration.ofSeconds(1).toNanos());
    assertThat((double) loop.writing / loop.now).isBetween(0.45, 0.6);
    assertThat(loop.longestWait).isLessThanOrEqualTo(LONGEST);
  }
}
