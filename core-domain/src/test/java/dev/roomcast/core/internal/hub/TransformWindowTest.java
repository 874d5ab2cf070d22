package dev.roomcast.core.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class TransformWindowTest {

  @Test
  void letsInAsManyAsItsLimit() {
    TransformWindow window = new TransformWindow(2);
    List<String> entered = new ArrayList<>();

    for (String name : List.of("a", "b", "c")) {
      window.enter(slot -> entered.add(name));
    }

    assertThat(entered).containsExactly("a", "b");
  }

  @Test
  void letsTheNextInLineInWhenOneLeaves() {
    TransformWindow window = new TransformWindow(1);
    List<String> entered = new ArrayList<>();
    List<TransformWindow.Slot> slots = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      window.enter(
          slot -> {
            entered.add(name);
            slots.add(slot);
          });
    }

    slots.get(0).leave();
    assertThat(entered).containsExactly("a", "b");
    slots.get(1).leave();
    assertThat(entered).containsExactly("a", "b", "c");
  }

  @Test
  void countsWhoLeavesTwiceOnce() {
    TransformWindow window = new TransformWindow(1);
    List<TransformWindow.Slot> slots = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      window.enter(slots::add);
    }

    slots.getFirst().leave();
    slots.getFirst().leave();

    assertThat(slots).hasSize(2);
  }

  @Test
  void isFreeAgainWhenEverybodyLeft() {
    TransformWindow window = new TransformWindow(3);
    for (int i = 0; i < 100; i++) {
      window.enter(TransformWindow.Slot::leave);
    }
    List<TransformWindow.Slot> slots = new ArrayList<>();

    for (int i = 0; i < 4; i++) {
      window.enter(slots::add);
    }

    assertThat(slots).hasSize(3);
  }

  @Property(tries = 20)
  void keepsItsLimitUnderManyThreads(@ForAll @IntRange(min = 1, max = 4) int limit)
      throws InterruptedException {
    TransformWindow window = new TransformWindow(limit);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int each = 200;
    int threads = 3;
    CountDownLatch all = new CountDownLatch(each * threads);
    for (int i = 0; i < threads; i++) {
      var unused =
          Thread.startVirtualThread(
              () -> {
                for (int n = 0; n < each; n++) {
                  window.enter(
                      slot -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        var unusedWork =
                            Thread.startVirtualThread(
                                () -> {
                                  Thread.onSpinWait();
                                  inside.decrementAndGet();
                                  slot.leave();
                                  all.countDown();
                                });
                      });
                }
              });
    }
    all.await();

    assertThat(most.get()).isBetween(1, limit);
  }
}
