package dev.roomcast.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.internal.model.Deadlines.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class DeadlinesTest {
  /** {@code nanoTime} overflows in the middle of every property. */
  private static final long ORIGIN = Long.MAX_VALUE - 50;

  private final Deadlines<String> deadlines = new Deadlines<>();

  @Example
  void areDueAtTheirMomentAndNotBefore() {
    var unused = deadlines.add(100, "a");

    assertThat(due(deadlines, 99)).isEmpty();
    assertThat(due(deadlines, 100)).containsExactly("a");
    assertThat(due(deadlines, 100)).isEmpty();
  }

  @Example
  void keepTheOrderOfThoseThatAreDueTogether() {
    for (String what : List.of("a", "b", "c")) {
      var unused = deadlines.add(7, what);
    }

    assertThat(due(deadlines, 7)).containsExactly("a", "b", "c");
  }

  @Example
  void forgetWhatWasCancelledAtOnce() {
    Deadline<String> gone = deadlines.add(1, "gone");
    var unused = deadlines.add(1, "stays");

    deadlines.cancel(gone);
    deadlines.cancel(gone);

    assertThat(deadlines.size()).isEqualTo(1);
    assertThat(due(deadlines, 1)).containsExactly("stays");
  }

  @Example
  void ignoreThatSomethingDueIsCancelled() {
    Deadline<String> done = deadlines.add(1, "done");
    assertThat(due(deadlines, 1)).containsExactly("done");
    var unused = deadlines.add(1, "next");

    deadlines.cancel(done);

    assertThat(deadlines.size()).isEqualTo(1);
  }

  /** What is done with deadlines; numbers are relative to the origin, or pick one of those set. */
  sealed interface Step {
    record Add(int due) implements Step {}

    record Cancel(int which) implements Step {}

    record Advance(int by) implements Step {}
  }

  private record Expected(int due, int sequence) {}

  @Property
  void behaveLikeASortedList(@ForAll("steps") List<Step> steps) {
    Deadlines<Integer> tested = new Deadlines<>();
    List<Expected> model = new ArrayList<>();
    List<Deadline<Integer>> all = new ArrayList<>();
    int now = 0;
    for (Step step : steps) {
      switch (step) {
        case Step.Add(int due) -> {
          model.add(new Expected(due, all.size()));
          all.add(tested.add(ORIGIN + due, all.size()));
        }
        case Step.Cancel(int which) -> {
          if (!all.isEmpty()) {
            int chosen = which % all.size();
            model.removeIf(one -> one.sequence() == chosen);
            tested.cancel(all.get(chosen));
          }
        }
        case Step.Advance(int by) -> {
          now += by;
          int then = now;
          List<Integer> due =
              model.stream()
                  .filter(one -> one.due() <= then)
                  .sorted(
                      Comparator.comparingInt(Expected::due).thenComparingInt(Expected::sequence))
                  .map(Expected::sequence)
                  .toList();
          model.removeIf(one -> one.due() <= then);
          assertThat(due(tested, ORIGIN + now)).isEqualTo(due);
        }
      }
      assertThat(tested.size()).isEqualTo(model.size());
      long next = model.stream().mapToLong(Expected::due).min().orElse(-1);
      assertThat(tested.next().isPresent()).isEqualTo(next >= 0);
      tested.next().ifPresent(at -> assertThat(at - ORIGIN).isEqualTo(next));
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.<Step>oneOf(
            Arbitraries.integers().between(0, 100).map(Step.Add::new),
            Arbitraries.integers().between(0, 40).map(Step.Cancel::new),
            Arbitraries.integers().between(0, 20).map(Step.Advance::new))
        .list()
        .ofMaxSize(40);
  }

  private static <T> List<T> due(Deadlines<T> deadlines, long nowNanos) {
    return Stream.generate(() -> deadlines.poll(nowNanos))
        .takeWhile(Optional::isPresent)
        .map(Optional::get)
        .toList();
  }
}
