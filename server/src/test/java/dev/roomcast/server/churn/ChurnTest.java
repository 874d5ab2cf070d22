package dev.roomcast.server.churn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.redisson.RedissonBus;
import dev.roomcast.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 300 clients on three servers: who stays hears each message exactly once, in order. Goes on for a
 * few seconds, or as many as the system property {@code churn.seconds} says; {@code churn.seed}
 * makes other choices.
 */
final class ChurnTest {
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("churn.seconds", 2));
  private static final long SEED = Long.getLong("churn.seed", 1);

  private final String prefix = "test-" + UUID.randomUUID() + ":";
  private final CountingObserver signals = new CountingObserver();
  private final Log log = new Log();

  private Site site(String name, boolean byInterest) {
    return new Site(
        new Origin(name),
        TestRedis.uri(),
        RedissonBus::connect,
        options -> options.channelPrefix(prefix).subscribeByInterest(byInterest),
        signals,
        log);
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void whoStaysHearsEachMessageOnceAndInOrder() {
    run(/* byInterest= */ false);
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void whoStaysHearsEachMessageOnceAndInOrderByInterest() {
    run(/* byInterest= */ true);
  }

  private void run(boolean byInterest) {
    int restarts;
    try (Churn churn = new Churn(log, SEED, name -> site(name, byInterest))) {
      churn.run(TIME);
      restarts = churn.shutdowns() + churn.crashes();
      assertThat(churn.shutdowns()).isPositive();
      assertThat(churn.crashes()).isPositive();
    }
    List<Sent> sent = log.allSent();
    List<Stay> stays = log.allStays();
    Verdict verdict = Verdict.of(sent, stays);
    System.out.printf(
        "%s: %d messages by 3 servers, %d restarts, %d stays of 300 clients; heard %d times, %d of"
            + " them certain to be; perhaps not in Redis: %d; violations: %d%n",
        byInterest ? "by interest" : "by pattern",
        sent.size(),
        restarts,
        stays.size(),
        verdict.deliveries(),
        verdict.certain(),
        sent.stream().filter(message -> !message.published()).count(),
        verdict.violations().size());

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.certain()).isGreaterThan(verdict.deliveries() / 2);
    assertThat(signals.sum(Signal.BUS_MALFORMED) + signals.sum(Signal.BUS_DROPPED)).isZero();
  }
}
