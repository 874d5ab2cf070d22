package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.redisson.Subscriptions.Entry;
import dev.roomcast.redisson.Subscriptions.Phase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SubscriptionsTest {
  private static final BusSubscription ROOM = new BusSubscription.Channel("room");

  /** What may happen to one of a few subscriptions. */
  sealed interface Step {
    int which();

    record Want(int which, boolean wanted) implements Step {}

    record Become(int which, Phase phase) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> which = Arbitraries.integers().between(0, 3);
    Arbitrary<Step> want =
        Combinators.combine(which, Arbitraries.of(true, false)).as(Step.Want::new);
    Arbitrary<Step> become =
        Combinators.combine(which, Arbitraries.of(Phase.class)).as(Step.Become::new);
    return Arbitraries.oneOf(want, become).list().ofMaxSize(40);
  }

  @Property
  void countsThoseThatAreNotAsTheyAreWanted(@ForAll("steps") List<Step> steps) {
    Subscriptions subscriptions = new Subscriptions();
    for (Step step : steps) {
      Entry entry = subscriptions.entry(new BusSubscription.Channel("channel " + step.which()));
      switch (step) {
        case Step.Want(int which, boolean wanted) -> entry.want(wanted, new CompletableFuture<>());
        case Step.Become(int which, Phase phase) -> entry.become(phase);
      }
      if (entry.settled()) {
        entry.conclude();
      }

      assertThat(subscriptions.unsettled())
          .isEqualTo(subscriptions.all().stream().filter(each -> !each.settled()).count());
    }
  }

  @Test
  void completesEachStageOnce() {
    AtomicInteger completed = new AtomicInteger();
    CompletableFuture<Void> counting =
        new CompletableFuture<>() {
          @Override
          public boolean complete(@Nullable Void value) {
            completed.incrementAndGet();
            return super.complete(null);
          }
        };
    Entry entry = new Subscriptions().entry(ROOM);
    entry.want(true, counting);
    entry.become(Phase.HEARD);
    entry.conclude();
    entry.conclude();

    assertThat(completed).hasValue(1);
  }

  @Test
  void forgetsWhatIsNotWantedAnyMore() {
    Subscriptions subscriptions = new Subscriptions();
    Entry entry = subscriptions.entry(ROOM);
    entry.want(false, new CompletableFuture<>());
    entry.conclude();

    assertThat(subscriptions.find(ROOM)).isNull();
  }

  @Test
  void failsWhatWaitsAtTheEnd() {
    Subscriptions subscriptions = new Subscriptions();
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    subscriptions.entry(ROOM).want(true, waiting);
    subscriptions.fail(new IllegalStateException("the end"));

    assertThat(waiting).isCompletedExceptionally();
    assertThat(subscriptions.all()).isEmpty();
  }
}
