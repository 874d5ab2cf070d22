package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisTimeoutException;

final class HearingTest {
  private static final BusSubscription ROOM = new BusSubscription.Channel("room");

  private static final String SUBSCRIBES = "subscribes";
  private static final String UNSUBSCRIBES = "unsubscribes";

  private final VirtualTime time = VirtualTime.inOrder();
  private final EventLoop loop = time.newLoop("bus");
  private final AtomicInteger tries = new AtomicInteger();
  private final Deque<CompletableFuture<Ear>> opening = new ArrayDeque<>();
  private final Deque<Runnable> listeners = new ArrayDeque<>();
  private final List<Boolean> told = new ArrayList<>();
  private final List<String> asked = new ArrayList<>(); // of slow ears
  private final Deque<CompletableFuture<Void>> answers = new ArrayDeque<>();

  private CompletionStage<Ear> open() {
    return switch (tries.incrementAndGet()) {
      case 1 -> throw new OutOfMemoryError("unable to create native thread");
      case 2 -> CompletableFuture.failedFuture(new NoClassDefFoundError("a class"));
      default -> new CompletableFuture<>();
    };
  }

  /** Takes every subscription at once. */
  private static class Prompt implements Subscriber {
    @Override
    public List<List<BusSubscription>> together(List<BusSubscription> all) {
      return all.isEmpty() ? List.of() : List.of(all);
    }

    @Override
    public CompletionStage<Void> subscribe(List<BusSubscription> group) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  /** Takes subscriptions when the test says so. */
  private final class Slow extends Prompt {
    @Override
    public CompletionStage<Void> subscribe(List<BusSubscription> group) {
      return later(group.size() == 1 ? SUBSCRIBES : SUBSCRIBES + " to " + group.size());
    }

    @Override
    public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
      return later(UNSUBSCRIBES);
    }

    private CompletionStage<Void> later(String what) {
      asked.add(what);
      answers.add(new CompletableFuture<>());
      return answers.getLast();
    }
  }

  private Ear ear() {
    return ear(new Prompt());
  }

  private Ear slowEar() {
    return ear(new Slow());
  }

  private Ear ear(Subscriber subscriber) {
    HeardCodec codec = new HeardCodec(new ListenerThread(count -> {}), RedissonOptions.defaults());
    return new Ear(subscriber, codec, listeners::add, (channel, payload) -> {});
  }

  private CompletableFuture<Void> subscribe(Hearing hearing) {
    return change(hearing, ROOM, /* wanted= */ true);
  }

  private CompletableFuture<Void> change(
      Hearing hearing, BusSubscription subscription, boolean wanted) {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    loop.execute(() -> hearing.change(subscription, wanted, stage));
    time.runUntilIdle();
    return stage;
  }

  private CompletionStage<Ear> openLater() {
    opening.add(new CompletableFuture<>());
    return opening.getLast();
  }

  /** One that hears nothing yet, by this ear. */
  private Hearing connected(Ear first) {
    Hearing hearing = new Hearing(loop, this::openLater, told::add);
    loop.execute(() -> hearing.renew(new CompletableFuture<>()));
    time.runUntilIdle();
    opening.remove().complete(first);
    time.runUntilIdle();
    return hearing;
  }

  /** One that hears the room by this ear. */
  private Hearing hearingBy(Ear first) {
    Hearing hearing = connected(first);
    assertThat(subscribe(hearing)).isCompleted();
    return hearing;
  }

  private void ask(Hearing hearing, boolean wanted) {
    var unused = change(hearing, ROOM, wanted);
  }

  private void succeed() {
    answers.remove().complete(null);
    time.runUntilIdle();
  }

  private void fail() {
    answers.remove().completeExceptionally(new RedisTimeoutException("no answer"));
    time.runUntilIdle();
  }

  /** One that heard the room, and failed to unsubscribe from it. */
  private Hearing failedToForget() {
    Hearing hearing = connected(slowEar());
    ask(hearing, /* wanted= */ true);
    succeed();
    ask(hearing, /* wanted= */ false);
    fail();
    assertThat(asked).containsExactly(SUBSCRIBES, UNSUBSCRIBES);
    asked.clear();
    return hearing;
  }

  @Test
  void forgetsWhatCameAndWentWhileTheConnectionWasLost() {
    Ear first = ear();
    Hearing hearing = hearingBy(first);
    loop.execute(() -> hearing.lost(first));
    BusSubscription another = new BusSubscription.Channel("another");

    assertThat(change(hearing, another, /* wanted= */ true)).isNotDone();
    assertThat(change(hearing, another, /* wanted= */ false)).isCompleted();
  }

  @Test
  void isUnsubscribedOnceWhatWasHeardBeforeIsTold() {
    Ear first = ear();
    Hearing hearing = hearingBy(first);
    loop.execute(() -> hearing.lost(first));
    CompletableFuture<Void> unsubscribed = change(hearing, ROOM, /* wanted= */ false);
    opening.remove().complete(ear());
    time.runUntilIdle();
    assertThat(unsubscribed).isNotDone();

    listeners.remove().run();
    time.runUntilIdle();
    assertThat(unsubscribed).isCompleted();
  }

  @Test
  void confirmsAgainOnlyOnceAnotherEarHears() {
    Ear first = ear();
    Hearing hearing = hearingBy(first);
    loop.execute(() -> hearing.lost(first));
    CompletableFuture<Void> whileLost = subscribe(hearing);
    assertThat(whileLost).isNotDone();
    opening.remove().complete(ear());
    time.runUntilIdle();
    assertThat(whileLost).isCompleted();

    loop.execute(() -> hearing.renew(new CompletableFuture<>()));
    CompletableFuture<Void> whileRenewing = subscribe(hearing);
    assertThat(whileRenewing).isNotDone();
    opening.remove().complete(ear());
    time.runUntilIdle();
    assertThat(whileRenewing).isCompleted();
    assertThat(told).containsExactly(true, false, true, false, true);
  }

  @Test
  void unsubscribesAgainWhereThatFailed() {
    var unused = failedToForget();
    time.advance(Duration.ofMillis(100));

    assertThat(asked).containsExactly(UNSUBSCRIBES);
  }

  @Test
  void subscribesAnewToWhatItFailedToUnsubscribeFrom() {
    Hearing hearing = failedToForget();
    CompletableFuture<Void> back = subscribe(hearing);
    assertThat(asked).containsExactly(SUBSCRIBES);
    assertThat(back).isNotDone();

    succeed();
    assertThat(back).isCompleted();
  }

  @Test
  void unsubscribesFromWhatMayYetBeSubscribed() {
    Hearing hearing = connected(slowEar());
    ask(hearing, /* wanted= */ true);
    fail();
    CompletableFuture<Void> left = change(hearing, ROOM, /* wanted= */ false);
    assertThat(asked).containsExactly(SUBSCRIBES, UNSUBSCRIBES);
    assertThat(left).isNotDone();

    succeed();
    assertThat(left).isCompleted();
  }

  @Test
  void subscribesAnewToWhatWasUnsubscribedFromUnasked() {
    Ear ear = slowEar();
    Hearing hearing = connected(ear);
    ask(hearing, /* wanted= */ true);
    succeed();
    loop.execute(() -> hearing.unsubscribes(ear, ROOM));
    CompletableFuture<Void> again = subscribe(hearing);
    assertThat(asked).containsExactly(SUBSCRIBES, SUBSCRIBES);
    assertThat(again).isNotDone();

    succeed();
    assertThat(again).isCompleted();
  }

  @Test
  void subscribesOnceMoreWhereItWasUnsubscribedMeanwhile() {
    Ear ear = slowEar();
    Hearing hearing = connected(ear);
    CompletableFuture<Void> subscribed = subscribe(hearing);
    loop.execute(() -> hearing.unsubscribes(ear, ROOM));
    time.runUntilIdle();
    succeed();
    assertThat(asked).containsExactly(SUBSCRIBES, SUBSCRIBES);
    assertThat(subscribed).isNotDone();

    succeed();
    assertThat(subscribed).isCompleted();
    assertThat(asked).hasSize(2);
  }

  @Test
  void takesItsOwnUnsubscribingForNoReasonToSubscribe() {
    Ear ear = slowEar();
    Hearing hearing = connected(ear);
    ask(hearing, /* wanted= */ true);
    succeed();
    CompletableFuture<Void> left = change(hearing, ROOM, /* wanted= */ false);
    loop.execute(() -> hearing.unsubscribes(ear, ROOM));
    time.runUntilIdle();
    succeed();

    assertThat(left).isCompleted();
    assertThat(asked).containsExactly(SUBSCRIBES, UNSUBSCRIBES);
  }

  @Test
  void doesNotMindWhatAnEarThatGaveWayUnsubscribes() {
    Ear first = ear();
    Hearing hearing = hearingBy(first);
    loop.execute(() -> hearing.lost(first));
    time.runUntilIdle();
    opening.remove().complete(slowEar());
    time.runUntilIdle();
    succeed();
    loop.execute(() -> hearing.unsubscribes(first, ROOM));
    time.runUntilIdle();

    assertThat(asked).containsExactly(SUBSCRIBES);
  }

  /** Three rooms, whose ear has given way to this one. */
  private Hearing threeRoomsBy(Ear next) {
    Ear first = ear();
    Hearing hearing = hearingBy(first);
    for (String name : List.of("second", "third")) {
      assertThat(change(hearing, new BusSubscription.Channel(name), /* wanted= */ true))
          .isCompleted();
    }
    loop.execute(() -> hearing.lost(first));
    time.runUntilIdle();
    opening.remove().complete(next);
    time.runUntilIdle();
    return hearing;
  }

  @Test
  void subscribesAnewToWhatGoesTogether() {
    var unused = threeRoomsBy(slowEar());
    assertThat(asked).containsExactly("subscribes to 3");
    assertThat(told).containsExactly(true, false);

    succeed();
    assertThat(told).containsExactly(true, false, true);
  }

  @Test
  void subscribesToEachWhereTogetherFailed() {
    Hearing hearing = threeRoomsBy(slowEar());
    fail();
    time.advance(Duration.ofMillis(100));
    assertThat(asked).containsExactly("subscribes to 3", SUBSCRIBES, SUBSCRIBES, SUBSCRIBES);
    fail();
    succeed();
    succeed();
    assertThat(told).containsExactly(true, false);

    time.advance(Duration.ofMillis(100));
    succeed();
    assertThat(told).containsExactly(true, false, true);
    assertThat(subscribe(hearing)).isCompleted();
  }

  @Test
  void triesAgainWhateverWasThrownWhereItWantedToConnect() {
    Hearing hearing = new Hearing(loop, this::open, whole -> {});
    CompletableFuture<Void> heard = new CompletableFuture<>();
    loop.execute(() -> hearing.renew(heard));
    time.advance(Duration.ofSeconds(5));

    assertThat(tries).hasValue(3);
    assertThat(heard).isNotDone();
    assertThat(hearing.lastFailure()).isInstanceOf(NoClassDefFoundError.class);
  }
}
