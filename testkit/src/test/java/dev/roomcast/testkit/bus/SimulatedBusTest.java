package dev.roomcast.testkit.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.bus.BusSubscription.Channel;
import dev.roomcast.port.bus.BusSubscription.Prefix;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SimulatedBusTest {
  private VirtualTime time = VirtualTime.inOrder();
  private InMemoryBusNetwork network = InMemoryBusNetwork.on(time);
  private final HeardMessages heard = new HeardMessages(Duration.ZERO);

  @Property(tries = 100)
  void keepsOrderUnderAnySeedAndLatency(@ForAll long seed) {
    time = VirtualTime.seeded(seed);
    network = InMemoryBusNetwork.on(time);
    HeardMessages listener = new HeardMessages(Duration.ZERO);
    InMemoryBus publisher = started(new HeardMessages(Duration.ZERO));
    InMemoryBus subscriber = started(listener);
    time.await(subscriber.subscribe(new Prefix("c")));
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      network.latency(Duration.ofMillis(time.chance(4)));
      sent.add("m" + i);
      publish(publisher, "c" + i % 3, "m" + i);
      time.step();
    }
    time.advance(Duration.ofMillis(5));

    assertThat(listener.texts()).isEqualTo(sent);
  }

  @Test
  void deliversNothingBeforeItsLatency() {
    InMemoryBus bus = started(heard);
    time.await(bus.subscribe(new Channel("a")));
    network.latency(Duration.ofMillis(10));
    publish(bus, "a", "late");
    time.advance(Duration.ofMillis(9));
    assertThat(heard.texts()).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertThat(heard.texts()).containsExactly("late");
  }

  @Test
  void keepsPublishesWhileDisconnectedAndLosesWhatOthersPublish() {
    InMemoryBus bus = started(heard);
    InMemoryBus other = started(new HeardMessages(Duration.ZERO));
    time.await(bus.subscribe(new Channel("a")));
    bus.disconnect();
    publish(other, "a", "lost");
    CompletionStage<Long> waits = publish(bus, "a", "waits");
    time.runUntilIdle();
    assertThat(waits.toCompletableFuture()).isNotDone();
    bus.reconnect();
    time.runUntilIdle();

    assertThat(heard.texts()).containsExactly("waits");
    assertThat(heard.connections()).containsExactly(false, true);
    assertThat(waits.toCompletableFuture()).isCompletedWithValue(1L);
  }

  @Test
  void failsPublishesWhenToldTo() {
    InMemoryBus bus = started(heard);
    bus.refusePublishes(true);
    assertThat(publish(bus, "a", "x").toCompletableFuture()).isCompletedExceptionally();
    bus.refusePublishes(false);
    assertThat(time.await(publish(bus, "a", "x"))).isZero();
  }

  @Test
  void hearsNothingWhileSilentUntilItResubscribes() {
    InMemoryBus bus = started(heard);
    time.await(bus.subscribe(new Channel("a")));
    bus.fallSilent();
    publish(bus, "a", "lost");
    time.runUntilIdle();
    assertThat(heard.texts()).isEmpty();
    time.await(bus.resubscribe());
    publish(bus, "a", "heard");
    time.runUntilIdle();

    assertThat(heard.texts()).containsExactly("heard");
  }

  @Test
  void losesWhatTheTestChooses() {
    InMemoryBus bus = started(heard);
    time.await(bus.subscribe(new Prefix("")));
    network.lose((receiver, channel) -> channel.equals("a"));
    publish(bus, "a", "lost");
    publish(bus, "b", "heard");
    time.runUntilIdle();

    assertThat(heard.texts()).containsExactly("heard");
  }

  private InMemoryBus started(HeardMessages listener) {
    InMemoryBus bus = network.newBus();
    bus.start(listener);
    return bus;
  }

  private static CompletionStage<Long> publish(InMemoryBus bus, String channel, String text) {
    return bus.publish(channel, text.getBytes(StandardCharsets.UTF_8));
  }
}
