package dev.roomcast.testkit.bus;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription.Channel;
import dev.roomcast.port.bus.BusSubscription.Prefix;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publishing and hearing: rules P01 to P05. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class BusDeliveryContract {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final List<Bus> opened = new ArrayList<>();

  /** Keeps tests apart that share a real server, also with those of another process. */
  private final String space =
      "contract:" + ProcessHandle.current().pid() + ":" + RUNS.incrementAndGet() + ":";

  /** A bus that has not been started; all of one test share a network. */
  protected abstract Bus newBus();

  /** A bus whose server cannot be reached, with a short time-out. */
  protected Optional<Bus> unreachableBus() {
    return Optional.empty();
  }

  /** Breaks the connection of a bus; false if the test cannot do that. */
  protected boolean disconnect(Bus bus) {
    return false;
  }

  /** Mends what {@link #disconnect} broke. */
  protected void reconnect(Bus bus) {}

  /** How many publishes may wait on a bus that is disconnected. */
  protected int waitingLimit() {
    return 10_000;
  }

  /** How long something that must happen may take; the time a failing test costs. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Bus::close);
  }

  @Test
  void required_P01_publishesAndSubscribesOnceStarted() {
    HeardMessages heard = listener();
    Bus bus = start(heard);
    join(bus.subscribe(channel("a")));
    publish(bus, "a", "hello");

    heard.awaitText("hello");
  }

  @Test
  void required_P01_hearsWhatWasSubscribedBeforeTheStart() {
    HeardMessages heard = listener();
    Bus bus = newBus();
    opened.add(bus);
    List<CompletionStage<Void>> stages =
        List.of(
            bus.subscribe(channel("a")),
            bus.subscribe(prefix("room:")),
            bus.subscribe(channel("b")));
    CompletionStage<Void> unsubscribed = bus.unsubscribe(channel("b"));
    bus.start(heard);
    for (String channel : List.of("a", "b", "room:1")) {
      publish(bus, channel, "on " + channel);
    }

    heard.awaitText("on room:1");
    assertThat(heard.texts()).containsExactly("on a", "on room:1");
    stages.forEach(this::join);
    join(unsubscribed);
  }

  @Test
  void optional_P01_failsToStartWhereNothingAnswers() {
    Optional<Bus> unreachable = unreachableBus();
    assumeTrue(unreachable.isPresent(), "no unreachable bus to try");
    opened.add(unreachable.get());

    assertThatThrownBy(() -> unreachable.get().start(BusListener.none()))
        .isInstanceOf(BusException.class);
  }

  @Test
  void required_P02_keepsTheOrderOfOnePublisherAcrossChannels() {
    Bus publisher = start(listener());
    List<HeardMessages> listeners = List.of(listener(), listener());
    for (HeardMessages listener : listeners) {
      Bus subscriber = start(listener);
      join(subscriber.subscribe(prefix("room:")));
      join(subscriber.subscribe(channel("all")));
    }
    List<String> channels = List.of("room:1", "all", "room:2", "room:3");
    List<String> sent = numbers(2_000);
    for (int i = 0; i < sent.size(); i++) {
      publish(publisher, channels.get(i % channels.size()), sent.get(i));
    }

    for (HeardMessages listener : listeners) {
      listener.awaitText(sent.getLast());
      assertThat(listener.texts()).isEqualTo(sent);
      listener.assertNeverTwoAtOnce();
    }
  }

  @Test
  void required_P02_keepsTheOrderOfThreadsThatTakeTurns() throws Exception {
    HeardMessages heard = listener();
    Bus bus = start(heard);
    join(bus.subscribe(prefix("")));
    List<String> sent = numbers(400);
    try (ExecutorService one = Executors.newSingleThreadExecutor();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < sent.size(); i++) {
        String text = sent.get(i);
        String channel = "c" + i % 3;
        (i % 2 == 0 ? one : other).submit(() -> publish(bus, channel, text)).get(10, SECONDS);
      }
    }

    heard.awaitText(sent.getLast());
    assertThat(heard.texts()).isEqualTo(sent);
  }

  @Test
  void required_P03_hearsItsOwnMessages() {
    HeardMessages heard = listener();
    Bus bus = start(heard);
    join(bus.subscribe(prefix("room:")));
    publish(bus, "room:1", "mine");

    heard.awaitText("mine");
  }

  @Test
  void required_P04_deliversOnceWhereSubscribedTwice() {
    HeardMessages heard = listener();
    Bus bus = start(heard);
    join(bus.subscribe(channel("a")));
    join(bus.subscribe(channel("a")));
    publish(bus, "a", "once");
    publish(bus, "a", "end");

    heard.awaitText("end");
    assertThat(heard.texts()).containsExactly("once", "end");
  }

  @Test
  void required_P05_publishReturnsWhileAListenerIsBusy() throws InterruptedException {
    HeardMessages heard = listener();
    Bus bus = start(heard);
    join(bus.subscribe(channel("a")));
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    heard.then(
        text -> {
          busy.countDown();
          awaitLatch(release);
        });
    Thread publisher =
        Thread.ofPlatform().daemon().start(() -> numbers(100).forEach(n -> publish(bus, "a", n)));
    boolean heardOne = busy.await(patience().toMillis(), MILLISECONDS);
    boolean returned = publisher.join(patience());
    release.countDown();

    assertThat(heardOne).isTrue();
    assertThat(returned).as("100 publishes returned").isTrue();
  }

  @Test
  void required_P05_tellsThatAMessageWasTaken() {
    Bus bus = start(listener());
    join(bus.subscribe(channel("a")));

    // -1 where the bus cannot tell.
    assertThat(join(publish(bus, "a", "taken"))).isIn(1L, -1L);
    assertThat(join(publish(bus, "nobody", "taken"))).isIn(0L, -1L);
  }

  @Test
  void required_P05_carriesAnyBytesWhole() {
    CompletableFuture<byte[]> arrived = new CompletableFuture<>();
    Bus bus = newBus();
    opened.add(bus);
    bus.start(
        new BusListener() {
          @Override
          public void onMessage(String channel, byte[] payload) {
            arrived.complete(payload);
          }

          @Override
          public void onConnection(boolean connected) {}
        });
    join(bus.subscribe(channel("a")));
    byte[] payload = new byte[1 << 20];
    IntStream.range(0, payload.length).forEach(i -> payload[i] = (byte) ((i * 31) >>> 3));
    var unused = bus.publish(space + "a", payload);

    assertThat(join(arrived)).isEqualTo(payload);
  }

  @Test
  void optional_P05_failsWhatIsBeyondItsBound() {
    Bus bus = start(listener());
    assumeTrue(disconnect(bus), "cannot disconnect");
    // Until it notices, a bus may take some for a connection that is gone.
    List<CompletionStage<Long>> stages =
        numbers(2 * waitingLimit() + 1).stream().map(n -> publish(bus, "a", n)).toList();

    assertThatThrownBy(() -> join(stages.getLast())).hasCauseInstanceOf(BusException.class);
    reconnect(bus);
  }

  final HeardMessages listener() {
    return new HeardMessages(patience());
  }

  final Bus start(HeardMessages listener) {
    Bus bus = newBus();
    opened.add(bus);
    bus.start(listener);
    return bus;
  }

  final Channel channel(String name) {
    return new Channel(space + name);
  }

  final Prefix prefix(String begin) {
    return new Prefix(space + begin);
  }

  final CompletionStage<Long> publish(Bus bus, String channel, String text) {
    return bus.publish(space + channel, text.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  final <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(patience().toMillis(), MILLISECONDS).join();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(20, SECONDS)) {
        throw new AssertionError("never released");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
