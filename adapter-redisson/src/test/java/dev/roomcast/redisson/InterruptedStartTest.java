package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A bus that is closed by one thread while another starts it. */
final class InterruptedStartTest {

  @Test
  void leavesNoConnectionAndNoStageBehind() {
    try (RedisProcess redis = RedisProcess.start()) {
      RedissonBus bus = RedissonBus.connect(redis.uri());
      CompletableFuture<Void> started = new CompletableFuture<>();
      redis.freeze();
      Thread starter =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      bus.start(BusListener.none());
                      started.complete(null);
                    } catch (BusException | IllegalStateException refused) {
                      started.completeExceptionally(refused);
                    }
                  });
      await().until(() -> redissonWaits(starter));
      bus.close();
      redis.thaw();

      assertThatThrownBy(() -> started.orTimeout(20, TimeUnit.SECONDS).join())
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("the bus is closed");
      assertThat(bus.publish("a", new byte[1]).toCompletableFuture()).isCompletedExceptionally();
      try (RespClient client = redis.client()) {
        await()
            .untilAsserted(
                () ->
                    assertThat(String.valueOf(client.call("CLIENT", "LIST")).strip().lines())
                        .hasSize(1));
      }
    }
  }

  private static boolean redissonWaits(Thread starter) {
    return starter.getState() != Thread.State.RUNNABLE
        && Arrays.stream(starter.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals("org.redisson.Redisson"));
  }
}
