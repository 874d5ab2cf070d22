package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class LoopTimersTest {
  private static final Duration TICK = Duration.ofMillis(10);

  private final VirtualTime time = VirtualTime.inOrder();
  private final LoopTimers timers = new LoopTimers(time.newLoop("loop"), time, TICK);

  /** Is due at a time of its own, which may move. */
  private static final class Probe extends LoopTimers.Timed {
    long dueAt = LoopTimers.NEVER;
    long servedAt = -1;

    @Override
    protected long due(long now) {
      if (now >= dueAt) {
        servedAt = now;
        dueAt = LoopTimers.NEVER;
      }
      return dueAt;
    }
  }

  private static long millis(long count) {
    return Duration.ofMillis(count).toNanos();
  }

  @Property(tries = 200)
  void servesEachDeadlineOnceWithinATick(@ForAll long seed) {
    Random random = new Random(seed);
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      probes.add(new Probe());
    }
    for (int step = 0; step < 100; step++) {
      Probe probe = probes.get(random.nextInt(probes.size()));
      switch (random.nextInt(4)) {
        case 0 -> {
          probe.dueAt = timers.now() + millis(1 + random.nextInt(500));
          timers.schedule(probe, probe.dueAt);
        }
        case 1 -> {
          if (probe.dueAt != LoopTimers.NEVER) {
            probe.dueAt += millis(random.nextInt(100)); // moves away without a word
          }
        }
        case 2 -> {
          probe.dueAt = LoopTimers.NEVER;
          timers.cancel(probe);
        }
        default -> time.advance(Duration.ofMillis(random.nextInt(80)));
      }
      long late = timers.now() - TICK.toNanos();
      assertThat(probes).allSatisfy(one -> assertThat(one.dueAt).isGreaterThan(late));
    }
    time.advance(Duration.ofSeconds(2));
    assertThat(probes).allSatisfy(one -> assertThat(one.dueAt).isEqualTo(LoopTimers.NEVER));
  }

  @Test
  void keepsItsOrderWhenALeafIsReplacedByAnEarlierOne() {
    // As a heap: 100 above 1000 and 200; 1000 above 1100 and 1200; 200 above 300 and 400.
    List<Probe> probes = new ArrayList<>();
    for (long due : new long[] {100, 1000, 200, 1100, 1200, 300, 400}) {
      Probe probe = new Probe();
      probe.dueAt = timers.now() + millis(due);
      timers.schedule(probe, probe.dueAt);
      probes.add(probe);
    }
    timers.cancel(probes.get(3)); // 400 takes its place, below 1000
    time.advance(Duration.ofMillis(150));
    for (long due : new long[] {2000, 2100}) {
      timers.schedule(new Probe(), millis(due));
    }
    time.advance(Duration.ofMillis(260));
    assertThat(probes.get(6).servedAt).isBetween(millis(400), millis(410));
  }

  @Test
  void isNeverEarly() {
    Probe probe = new Probe();
    probe.dueAt = timers.now() + millis(25);
    timers.schedule(probe, probe.dueAt);
    time.advance(Duration.ofMillis(24));
    assertThat(probe.servedAt).isEqualTo(-1);
    time.advance(Duration.ofMillis(6));
    assertThat(probe.servedAt).isBetween(millis(25), millis(30));
  }

  @Test
  void servesTheOthersWhenOneThrows() {
    LoopTimers.Timed broken =
        new LoopTimers.Timed() {
          @Override
          protected long due(long now) {
            throw new IllegalStateException("broken on purpose");
          }
        };
    Probe probe = new Probe();
    probe.dueAt = timers.now() + millis(25);
    timers.schedule(broken, millis(5));
    timers.schedule(probe, probe.dueAt);
    assertThatThrownBy(() -> time.advance(Duration.ofMillis(10)))
        .hasMessageContaining("broken on purpose");
    time.advance(Duration.ofMillis(40));
    assertThat(probe.servedAt).isPositive();
  }
}
