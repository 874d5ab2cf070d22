package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.testkit.bus.DelegatingBus;
import dev.roomcast.testkit.bus.InMemoryBus;
import dev.roomcast.testkit.bus.InMemoryBusNetwork;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server's messages to itself: a bus can be silent though it believes to be connected. */
final class CanaryTest {
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration MOMENT = Duration.ofMillis(10);

  private final VirtualTime time = VirtualTime.inOrder();
  private final InMemoryBusNetwork network = InMemoryBusNetwork.on(time);
  @RegisterExtension final World east = new World(time, 1);
  private final InMemoryBus bus = network.newBus();
  private final Held held = new Held(bus);

  @BeforeEach
  void start() {
    east.start(builder -> builder.bus(held));
  }

  private void passPeriods(int count) {
    for (int i = 0; i < count; i++) {
      time.advance(PERIOD);
      time.advance(MOMENT);
    }
  }

  /** A bus whose publishes can be made to wait, and that counts how often it subscribed anew. */
  private static final class Held extends DelegatingBus {
    private @Nullable CompletableFuture<Void> released; // null: nothing waits
    private int resubscribed;

    Held(Bus bus) {
      super(bus);
    }

    void hold() {
      released = new CompletableFuture<>();
    }

    void release() {
      CompletableFuture<Void> waiting = released;
      released = null;
      waiting.complete(null);
    }

    @Override
    public CompletionStage<Long> publish(String channel, byte[] payload) {
      return released == null
          ? super.publish(channel, payload)
          : released.thenCompose(now -> super.publish(channel, payload));
    }

    @Override
    public CompletionStage<Void> resubscribe() {
      resubscribed++;
      return super.resubscribe();
    }
  }

  @Test
  void comesBackAndLeavesTheServerReady() {
    passPeriods(10);

    assertThat(east.server().busConnected()).isTrue();
    assertThat(east.count(Signal.BUS_CANARY_MISSED)).isZero();
    assertThat(east.count(Signal.BUS_MALFORMED)).isZero();
    assertThat(east.count(Signal.BUS_RECEIVED)).isEqualTo(10);
  }

  @Test
  void isNoticedWithinTwoPeriodsWhenItStaysAway() {
    passPeriods(1);
    bus.fallSilent();
    passPeriods(2);

    assertThat(east.server().busConnected()).isFalse();
    assertThat(east.count(Signal.BUS_CANARY_MISSED)).isEqualTo(1);
  }

  @Test
  void makesTheBusSubscribeAnewWhenTwoStayAway() {
    Person ann = east.login("ann");
    passPeriods(1);
    bus.fallSilent();
    passPeriods(4);

    assertThat(east.server().busConnected()).isTrue();
    InMemoryBus other = network.newBus();
    other.start(BusListener.none());
    var unused =
        other.publish(
            "ws:broadcast",
            Person.json("{'serverId':'s','type':'broadcast','event':'m'}")
                .getBytes(StandardCharsets.UTF_8));
    time.runUntilIdle();
    assertThat(ann.hears()).containsExactly("{'event':'m'}");
  }

  @Test
  void leavesSubscriptionsAloneWhileItIsLate() {
    // One that hesitates is alive: a new subscription would lose what is on its way.
    List<String> overheard = new ArrayList<>();
    network.latency(PERIOD.plus(MOMENT.multipliedBy(5)));
    passPeriods(3);
    assertThat(east.server().busConnected()).isFalse();
    InMemoryBus other = network.newBus();
    other.start(BusListener.none());
    Person ann = east.login("ann");
    for (int i = 0; i < 5; i++) {
      var unused =
          other.publish(
              "ws:broadcast",
              Person.json("{'serverId':'s','type':'broadcast','event':'m','data':" + i + "}")
                  .getBytes(StandardCharsets.UTF_8));
      passPeriods(1);
    }
    passPeriods(2);
    overheard.addAll(ann.hears());

    assertThat(overheard).hasSize(5);
  }

  @Test
  void doesNotTakePublishesThatWaitForDeafness() {
    passPeriods(1);
    held.hold();
    passPeriods(6);
    assertThat(east.server().busConnected()).isFalse();
    held.release();
    passPeriods(2);

    assertThat(east.server().busConnected()).isTrue();
    assertThat(held.resubscribed).isZero();
    assertThat(east.count(Signal.BUS_CANARY_MISSED)).isZero();
  }

  @Test
  void doesNotTakePublishesThatFailForDeafness() {
    passPeriods(1);
    bus.refusePublishes(true);
    passPeriods(6);
    assertThat(east.server().busConnected()).isFalse();
    bus.refusePublishes(false);
    passPeriods(2);

    assertThat(east.server().busConnected()).isTrue();
    assertThat(held.resubscribed).isZero();
    assertThat(east.count(Signal.BUS_CANARY_MISSED)).isZero();
  }

  @Test
  void hasAPeriodFromWhenItWasPublished() {
    held.hold();
    passPeriods(2);
    network.latency(PERIOD.minus(MOMENT.multipliedBy(3)));
    held.release();
    passPeriods(4);

    assertThat(east.server().busConnected()).isTrue();
    assertThat(east.count(Signal.BUS_CANARY_MISSED)).isZero();
  }

  @Test
  void noticesDeafnessAlsoAfterATroubleOfPublishing() {
    bus.refusePublishes(true);
    passPeriods(3);
    bus.fallSilent();
    bus.refusePublishes(false);
    passPeriods(4);

    assertThat(held.resubscribed).isEqualTo(1);
    assertThat(east.server().busConnected()).isTrue();
  }

  @Test
  void staysAtHomeWhileTheBusIsGone() {
    passPeriods(1);
    bus.disconnect();
    passPeriods(5);
    assertThat(east.server().busConnected()).isFalse();
    assertThat(east.count(Signal.BUS_CANARY_MISSED)).isZero();
    assertThat(east.count(Signal.BUS_CONNECTION_LOST)).isEqualTo(1);
    bus.reconnect();
    time.runUntilIdle();

    assertThat(east.server().busConnected()).isTrue();
    passPeriods(3);
    assertThat(east.server().busConnected()).isTrue();
    assertThat(east.count(Signal.BUS_CANARY_MISSED)).isZero();
  }

  @Test
  void isOfNoInterestToOthers() {
    World west = new World(time, 2);
    west.start(builder -> builder.bus(network.newBus()));
    bus.fallSilent();
    passPeriods(3);

    assertThat(east.server().busConnected()).isFalse();
    assertThat(west.server().busConnected()).isTrue();
    assertThat(west.count(Signal.BUS_MALFORMED)).isZero();
    west.end();
  }

  @Test
  void isWrittenAsAnyMessageOfTheBus() {
    List<String> overheard = new ArrayList<>();
    InMemoryBus other = network.newBus();
    other.start(
        new BusListener() {
          @Override
          public void onMessage(String channel, byte[] payload) {
            overheard.add(channel + " " + new String(payload, StandardCharsets.UTF_8));
          }

          @Override
          public void onConnection(boolean connected) {}
        });
    time.await(other.subscribe(new BusSubscription.Prefix("ws:")));
    passPeriods(1);

    assertThat(overheard)
        .containsExactly(
            Person.json(
                "ws:control {'serverId':'%s','type':'canary','event':'canary','data':{'n':1}}"
                    .formatted(east.server().serverId())));
  }
}
