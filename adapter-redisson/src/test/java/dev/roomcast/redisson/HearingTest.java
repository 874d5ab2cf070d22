package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.testkit.time.VirtualTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisTimeoutException;
import org.redisson.misc.CompletableFutureWrapper;

final class HearingTest {
  private static final BusSubscription ROOM = new BusSubscription.Channel("room");

  private static final String SUBSCRIBES = "addListenerAsync";
  private static final String UNSUBSCRIBES = "removeAllListenersAsync";

  private final VirtualTime time = VirtualTime.inOrder();
  private final EventLoop loop = time.newLoop("bus");
  private final AtomicInteger tries = new AtomicInteger();
  private final Deque<CompletableFuture<Ear>> opening = new ArrayDeque<>();
  private final Deque<Runnable> listeners = new ArrayDeque<>();
  private final List<Boolean> told = new ArrayList<>();
  private final List<String> asked = new ArrayList<>(); // of Redisson, by ears that wait
  private final Deque<CompletableFuture<@Nullable Object>> answers = new ArrayDeque<>();

  private CompletionStage<Ear> open() {
    return switch (tries.incrementAndGet()) {
      case 1 -> throw new OutOfMemoryError("unable to create native thread");
      case 2 -> CompletableFuture.failedFuture(new NoClassDefFoundError("a class"));
      default -> new CompletableFuture<>();
    };
  }

  /** A client of Redisson that is connected to nothing, and takes every subscription at once. */
  private static RedissonClient client() {
    RTopic topic = answering(RTopic.class, name -> new CompletableFutureWrapper<>(1));
    return answering(RedissonClient.class, name -> name.equals("getTopic") ? topic : null);
  }

  private static <T> T answering(Class<T> type, Function<String, @Nullable Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.apply(method.getName())));
  }

  /** A client that takes subscriptions when the test says so. */
  private RedissonClient slowClient() {
    RTopic topic = answering(RTopic.class, this::later);
    return answering(RedissonClient.class, name -> name.equals("getTopic") ? topic : null);
  }

  private CompletionStage<?> later(String name) {
    asked.add(name);
    answers.add(new CompletableFuture<>());
    return new CompletableFutureWrapper<>(answers.getLast());
  }

  private Ear ear() {
    return ear(client());
  }

  private Ear ear(RedissonClient client) {
    HeardCodec codec = new HeardCodec(new ListenerThread(count -> {}), RedissonOptions.defaults());
    return new Ear(client, codec, listeners::add, (channel, payload) -> {});
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
    Hearing hearing = connected(ear(slowClient()));
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
    Hearing hearing = connected(ear(slowClient()));
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
    Ear ear = ear(slowClient());
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
    Ear ear = ear(slowClient());
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
    Ear ear = ear(slowClient());
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
    opening.remove().complete(ear(slowClient()));
    time.runUntilIdle();
    succeed();
    loop.execute(() -> hearing.unsubscribes(first, ROOM));
    time.runUntilIdle();

    assertThat(asked).containsExactly(SUBSCRIBES);
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
