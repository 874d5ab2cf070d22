package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.PriorityQueue;
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

  /** How long a window lasts in which something comes all the time. */
  private static long busyWindow(Pacing pacing, long now) {
    long whole = 0;
    long met = 0;
    for (long part = pacing.window(now, WRITES, MANY);
        part > 0;
        part = pacing.waited(now + whole, WRITES, met)) {
      assertThat(part).as("a loop has no shorter timer").isGreaterThanOrEqualTo(MILLI);
      whole += part;
      met += WRITES;
    }
    return whole;
  }

  @Example
  void letsNothingWaitBeforeTheFirstRound() {
    assertThat(new Pacing(LONGEST).window(0, WRITES, MANY)).isZero();
  }

  @Example
  void waitsAsLongAsTheRoundTook() {
    assertThat(busyWindow(afterRound(LONGEST, 3 * MILLI), 3 * MILLI)).isEqualTo(3 * MILLI);
  }

  @Example
  void waitsAtLeastAMillisecond() {
    assertThat(busyWindow(afterRound(LONGEST, MILLI / 2), MILLI / 2)).isEqualTo(MILLI);
  }

  @Example
  void waitsNoLongerThanAllowed() {
    assertThat(busyWindow(afterRound(LONGEST, 9 * MILLI), 9 * MILLI)).isEqualTo(LONGEST);
  }

  @Example
  void letsNothingWaitThatIsWrittenInNoTime() {
    long took = MILLI / 2 - 1;
    assertThat(afterRound(LONGEST, took).window(took, WRITES, MANY)).isZero();
  }

  @Example
  void letsNothingWaitAfterARest() {
    long now = 4 * MILLI + 4 * MILLI;
    assertThat(afterRound(LONGEST, 4 * MILLI).window(now, WRITES, MANY)).isPositive();
    assertThat(afterRound(LONGEST, 4 * MILLI).window(now + 1, WRITES, MANY)).isZero();
  }

  @Example
  void letsNothingWaitWhereTooFewMet() {
    assertThat(afterRound(LONGEST, LONGEST).window(LONGEST, WRITES, WRITES / 2)).isPositive();
    assertThat(afterRound(LONGEST, LONGEST).window(LONGEST, WRITES, WRITES / 2 - 1)).isZero();
  }

  @Example
  void letsTheFirstOfABurstWaitWhereTheLastRoundCarriedOne() {
    Pacing pacing = new Pacing(LONGEST);
    assertThat(pacing.window(0, WRITES, WRITES / 2)).as("not busy yet").isZero();
    pacing.wrote(0, 4 * MILLI);
    assertThat(pacing.window(6 * MILLI, WRITES, 0)).isPositive();
  }

  @Example
  void remembersTheRestOfTheBurstThatCameInTheWindow() {
    Pacing pacing = new Pacing(LONGEST);
    assertThat(pacing.window(0, WRITES, MANY)).as("not busy yet").isZero();
    for (long burst = 0; burst < 80 * MILLI; burst += 8 * MILLI) {
      pacing.wrote(burst, burst + 4 * MILLI);
      assertThat(pacing.window(burst + 6 * MILLI, WRITES, 0)).isPositive();
      assertThat(pacing.waited(burst + 11 * MILLI, WRITES, MANY)).isZero();
    }
  }

  @Example
  void forgetsABurstAfterARoundWithoutOne() {
    Pacing pacing = new Pacing(LONGEST);
    assertThat(pacing.window(0, WRITES, MANY)).as("not busy yet").isZero();
    pacing.wrote(0, 4 * MILLI);
    assertThat(pacing.window(9 * MILLI, WRITES, 0)).as("after a rest").isZero();
    pacing.wrote(9 * MILLI, 13 * MILLI);
    assertThat(pacing.window(13 * MILLI, WRITES, 0)).isZero();
  }

  @Property(tries = 50)
  void neverWaitsWhereItIsOff(@ForAll @IntRange(min = 0, max = 100_000_000) int took) {
    assertThat(afterRound(0, took).window(took, WRITES, MANY)).isZero();
  }

  @Example
  void endsAWindowEarlyWhereNothingComesForTwiceTheTimeBetweenMessages() {
    long now = 8 * MILLI;
    Pacing pacing = afterRound(now, now);
    // Four messages in 8 ms.
    assertThat(pacing.window(now, WRITES, MANY)).isEqualTo(4 * MILLI);
    assertThat(pacing.waited(now + 4 * MILLI, WRITES, WRITES)).as("one came").isEqualTo(4 * MILLI);
    assertThat(pacing.waited(now + 8 * MILLI, WRITES, 2 * WRITES)).as("its end").isZero();
    assertThat(pacing.window(now, WRITES, MANY)).isEqualTo(4 * MILLI);
    assertThat(pacing.waited(now + 4 * MILLI, WRITES, 0)).as("none came").isZero();
    assertThat(pacing.window(now, WRITES, MANY)).as("it was in vain").isZero();
  }

  @Example
  void isNotLongerWhereTimersAreLate() {
    long now = 8 * MILLI;
    Pacing pacing = afterRound(now, now);
    assertThat(pacing.window(now, WRITES, MANY)).isEqualTo(4 * MILLI);
    assertThat(pacing.waited(now + 6 * MILLI, WRITES, WRITES)).isEqualTo(2 * MILLI);
    assertThat(pacing.waited(now + 9 * MILLI, WRITES, 2 * WRITES)).isZero();
  }

  @Example
  void goesOnWhereMoreConnectionsGetSomething() {
    long now = 8 * MILLI;
    Pacing pacing = afterRound(now, now);
    assertThat(pacing.window(now, WRITES, MANY)).isPositive();
    assertThat(pacing.waited(now + 4 * MILLI, WRITES + 1, 0)).isPositive();
  }

  @Example
  void triesEverMoreSeldomWhereNothingComes() {
    Pacing pacing = afterRound(LONGEST, LONGEST);
    int windows = 0;
    for (int chance = 0; chance < 10_000; chance++) {
      if (pacing.window(LONGEST, WRITES, MANY) > 0) {
        windows++;
        pacing.waited(LONGEST, WRITES, 0);
      }
    }
    assertThat(windows).isBetween(10_000 / 129, 10_000 / 129 + 9);
  }

  @Example
  void waitsEachTimeAgainOnceItIsWorthIt() {
    Pacing pacing = afterRound(LONGEST, LONGEST);
    assertThat(pacing.window(LONGEST, WRITES, MANY)).isPositive();
    assertThat(pacing.waited(LONGEST, WRITES, 0)).isZero();
    assertThat(pacing.window(LONGEST, WRITES, MANY)).as("left out").isZero();
    for (int chance = 0; chance < 100; chance++) {
      assertThat(busyWindow(pacing, LONGEST)).isPositive();
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
        long part = pacing.window(now, WRITES, met);
        for (int more = 0; part > 0; part = pacing.waited(now, WRITES, (long) WRITES * more)) {
          now += part;
          more += take();
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

  /** What a closed loop did: messages published, rounds of writes. */
  private record Closed(long published, long rounds) {
    double perRound() {
      return (double) published / rounds;
    }
  }

  /**
   * A closed loop: so many publishers, each of which waits until all members have its message.
   *
   * @param away until the first of them publishes again
   * @param moment between two of them
   */
  private static Closed closedLoop(
      long longest, int publishers, long round, long away, long moment) {
    Pacing pacing = new Pacing(longest);
    PriorityQueue<Long> due = new PriorityQueue<>();
    for (int i = 1; i <= publishers; i++) {
      due.add(i * moment);
    }
    long now = 0;
    long published = 0;
    long rounds = 0;
    for (; now < Duration.ofSeconds(1).toNanos(); rounds++) {
      now = Math.max(now, due.element());
      int batch = take(due, now);
      long part = pacing.window(now, WRITES, (long) WRITES * (batch - 1));
      for (int more = 0; part > 0; part = pacing.waited(now, WRITES, (long) WRITES * more)) {
        now += part;
        int taken = take(due, now);
        more += taken;
        batch += taken;
      }
      long began = now;
      now += round;
      pacing.wrote(began, now);
      published += batch;
      for (int i = 1; i <= batch; i++) {
        due.add(now + away + i * moment);
      }
    }
    return new Closed(published, rounds);
  }

  private static int take(PriorityQueue<Long> due, long now) {
    int taken = 0;
    for (; !due.isEmpty() && due.element() <= now; due.remove()) {
      taken++;
    }
    return taken;
  }

  /** All of them take a quarter of a round at most, so that they are silent for the rest of it. */
  @Property(tries = 200)
  void hardlySlowsDownPublishersThatWaitForTheirMembers(
      @ForAll @IntRange(min = 1, max = 64) int publishers,
      @ForAll @IntRange(min = 3_000_000, max = 20_000_000) int round,
      @ForAll @IntRange(min = 4, max = 1_000) int share) {
    long moment = Math.max(1, round / share / publishers);
    Closed unpaced = closedLoop(0, publishers, round, 0, moment);
    Closed paced = closedLoop(8 * MILLI, publishers, round, 0, moment);
    assertThat((double) paced.published() / unpaced.published()).isGreaterThan(0.75);
  }

  /** Without pacing the first of them takes a round for itself, and the others the next. */
  @Property(tries = 200)
  void writesABurstInOneRoundWhereTheLastHasJustBeenWritten(
      @ForAll @IntRange(min = 4, max = 64) int publishers,
      @ForAll @IntRange(min = 2_000_000, max = 20_000_000) int round,
      @ForAll @IntRange(min = 50_000, max = 950_000) int away) {
    long moment = (MILLI - away) / publishers;
    Closed unpaced = closedLoop(0, publishers, round, away, moment);
    Closed paced = closedLoop(LONGEST, publishers, round, away, moment);
    assertThat(unpaced.perRound()).isLessThan(0.6 * publishers);
    assertThat(paced.perRound()).isGreaterThan(0.9 * publishers);
  }
}
