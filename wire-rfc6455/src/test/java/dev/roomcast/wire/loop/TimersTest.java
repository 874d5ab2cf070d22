package dev.roomcast.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class TimersTest {
  private final Timers timers = new Timers();
  private final List<Integer> ran = new ArrayList<>();

  private void runUntil(long now) {
    for (Runnable due = timers.due(now); due != null; due = timers.due(now)) {
      due.run();
    }
  }

  @Property(tries = 200)
  void runsInTheOrderOfTimesThenOfCalls(
      // Also where the clock passes the largest number.
      @ForAll @LongRange(min = Long.MAX_VALUE - 50) long origin,
      @ForAll @Size(max = 20) List<@IntRange(max = 9) Integer> delays) {
    ran.clear();
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < delays.size(); i++) {
      int number = i;
      timers.add(origin + 20 * delays.get(i), () -> ran.add(number));
      expected.add(number);
    }
    expected.sort(Comparator.comparingInt(delays::get));
    runUntil(origin + 200);

    assertThat(ran).isEqualTo(expected);
  }

  @Test
  void tellsHowLongToWait() {
    assertThat(timers.nanosToNext(5)).isEqualTo(Timers.NEVER);
    timers.add(10, () -> ran.add(1));
    assertThat(timers.nanosToNext(5)).isEqualTo(5);
    assertThat(timers.nanosToNext(15)).isZero();
    assertThat(timers.due(9)).isNull();
    runUntil(10);
    assertThat(ran).containsExactly(1);
    assertThat(timers.nanosToNext(15)).isEqualTo(Timers.NEVER);
  }
}
