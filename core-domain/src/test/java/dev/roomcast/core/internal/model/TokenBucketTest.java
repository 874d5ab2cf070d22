package dev.roomcast.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class TokenBucketTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Example
  void allowsTheRateAndTheBurstAtOnce() {
    TokenBucket bucket = new TokenBucket(10, 5, 0);

    assertThat(taken(bucket, 0, 100)).isEqualTo(15);
  }

  @Example
  void refillsAtTheRate() {
    TokenBucket bucket = new TokenBucket(10, 5, 0);
    assertThat(taken(bucket, 0, 100)).isEqualTo(15);

    assertThat(taken(bucket, SECOND / 2, 100)).isEqualTo(5);
  }

  @Example
  void keepsNoMoreThanItHolds() {
    TokenBucket bucket = new TokenBucket(10, 5, 0);

    assertThat(taken(bucket, 3600 * SECOND, 100)).isEqualTo(15);
  }

  @Example
  void outlivesAnOverflowOfTheClock() {
    long origin = Long.MAX_VALUE - SECOND / 2;
    TokenBucket bucket = new TokenBucket(10, 5, origin);
    assertThat(taken(bucket, origin, 100)).isEqualTo(15);

    assertThat(taken(bucket, origin + SECOND, 100)).isEqualTo(10);
  }

  @Example
  void outlivesAnyRateAndAnyPause() {
    TokenBucket bucket = new TokenBucket(Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
    long late = Long.MAX_VALUE / 2;
    bucket.excuse(SECOND, late);
    bucket.excuse(late, Long.MAX_VALUE - SECOND);

    assertThat(taken(bucket, Long.MAX_VALUE, 100)).isEqualTo(100);
  }

  @Property
  void neverAllowsMoreThanBurstAndRateInAnyHistory(
      @ForAll @IntRange(min = 1, max = 100) int rate,
      @ForAll @IntRange(min = 1, max = 100) int burst,
      @ForAll @Size(max = 50) List<@IntRange(max = 2_000) Integer> pausesMillis) {
    TokenBucket bucket = new TokenBucket(rate, burst, 0);
    long now = 0;
    long allowed = 0;
    for (int pause : pausesMillis) {
      now += Duration.ofMillis(pause).toNanos();
      allowed += taken(bucket, now, 7);
      assertThat(allowed).isLessThanOrEqualTo(rate + burst + rate * now / SECOND + 1);
    }
  }

  @Property
  void neverRefusesWhoKeepsToTheRate(@ForAll @IntRange(min = 1, max = 1_000) int rate) {
    TokenBucket bucket = new TokenBucket(rate, 1, 0);
    for (long i = 0; i < 200; i++) {
      assertThat(bucket.take(i * SECOND / rate)).isTrue();
    }
  }

  /** What happens every some milliseconds: so many messages, and whether anybody listens. */
  record Moment(int millis, int messages, boolean listening) {}

  @Provide
  Arbitrary<List<Moment>> moments() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2_000),
            Arbitraries.integers().between(0, 7),
            Arbitraries.of(true, false))
        .as(Moment::new)
        .list()
        .ofMaxSize(50);
  }

  @Property
  void neverRefusesWhoKeptToTheRateWhileNobodyListened(
      @ForAll @IntRange(min = 1, max = 10) int rate,
      @ForAll @IntRange(min = 1, max = 10) int burst,
      @ForAll("moments") List<Moment> moments) {
    TokenBucket sending = new TokenBucket(rate, burst, 0);
    Listener listener = new Listener(rate, burst);
    int unheard = 0;
    for (Moment moment : moments) {
      listener.pass(moment);
      unheard += taken(sending, listener.now, moment.messages());
      if (moment.listening()) {
        assertThat(taken(listener.bucket, listener.now, unheard)).isEqualTo(unheard);
        unheard = 0;
      }
    }
  }

  @Property
  void neverAllowsMoreForHavingNotListened(
      @ForAll @IntRange(min = 1, max = 10) int rate,
      @ForAll @IntRange(min = 1, max = 10) int burst,
      @ForAll("moments") List<Moment> moments) {
    Listener listener = new Listener(rate, burst);
    long allowed = 0;
    for (Moment moment : moments) {
      listener.pass(moment);
      allowed += moment.listening() ? taken(listener.bucket, listener.now, 100) : 0;
      assertThat(allowed).isLessThanOrEqualTo(rate + burst + rate * listener.now / SECOND + 1);
    }
  }

  /** A bucket that is asked only where somebody listens. */
  private static final class Listener {
    private final TokenBucket bucket;
    private boolean listening = true;
    private long since;
    private long now;

    Listener(int rate, int burst) {
      bucket = new TokenBucket(rate, burst, 0);
    }

    void pass(Moment moment) {
      now += Duration.ofMillis(moment.millis()).toNanos();
      if (listening && !moment.listening()) {
        since = now;
      } else if (!listening && moment.listening()) {
        bucket.excuse(since, now);
      }
      listening = moment.listening();
    }
  }

  private static int taken(TokenBucket bucket, long now, int asked) {
    int taken = 0;
    for (int i = 0; i < asked; i++) {
      taken += bucket.take(now) ? 1 : 0;
    }
    return taken;
  }
}
