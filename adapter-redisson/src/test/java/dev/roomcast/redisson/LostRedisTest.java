package dev.roomcast.redisson;

import static dev.roomcast.redisson.Buses.join;
import static dev.roomcast.redisson.Buses.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis that is killed, frozen or gone without a word, and how the bus notices. */
final class LostRedisTest {
  @RegisterExtension final Buses buses = new Buses();

  @Test
  void comesBackByItselfWhenRedisWasKilledAndStartedAgain() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
    Heard heard = new Heard();
    RedissonBus bus = buses.bus(redis.uri(), heard);
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    join(bus.subscribe(new BusSubscription.Channel("control")));
    redis.kill();
    heard.awaitConnections(false);
    CompletionStage<Long> waiting = publish(bus, "published while it was gone");
    CompletionStage<Void> subscribed = bus.subscribe(new BusSubscription.Channel("late"));
    redis.startAgain();

    heard.awaitConnections(false, true);
    join(waiting);
    join(subscribed);
    join(bus.publish("late", "late".getBytes(StandardCharsets.UTF_8)));
    join(publish(bus, "back"));
    heard.awaitText("back");
    assertThat(heard.texts).endsWith("late", "back");
  }

  @Test
  void noticesConnectionsThatFellSilentBeforeWhatWaitsIsTooOld() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
    TcpProxy wire = buses.opened(TcpProxy.to(redis.uri()));
    Heard heard = new Heard();
    RedissonBus bus =
        buses.bus(
            wire.uri(),
            heard,
            RedissonOptions.defaults().withWaiting(100, 1_000_000, Duration.ofSeconds(6)));
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    wire.fallSilent();
    CompletionStage<Long> underWay = publish(bus, "under way");
    heard.awaitConnections(false);
    CompletionStage<Long> behind = publish(bus, "behind");
    wire.speakAgain();

    assertThatThrownBy(() -> join(underWay))
        .hasCauseInstanceOf(BusException.class)
        .hasMessageContaining("Connection");
    assertThat(join(behind)).isNotNegative();
    heard.awaitConnections(false, true);
  }

  @Test
  void startFailsInTimeWhereRedisIsFrozen() {
    RedisProcess redis = buses.opened(RedisProcess.start());
    redis.freeze();
    RedissonBus bus =
        buses.opened(
            RedissonBus.connect(
                redis.uri(), RedissonOptions.defaults().withStartTimeout(Duration.ofMillis(700))));

    assertThatThrownBy(() -> bus.start(BusListener.none()))
        .isInstanceOf(BusException.class)
        .hasMessageContaining("127.0.0.1:" + redis.port())
        .hasMessageContaining("within 0.7 s: ");
    redis.thaw();
  }
}
