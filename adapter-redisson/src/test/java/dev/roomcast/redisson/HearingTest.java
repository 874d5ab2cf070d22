package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HearingTest {
  private final VirtualTime time = VirtualTime.inOrder();
  private final EventLoop loop = time.newLoop("bus");
  private final AtomicInteger tries = new AtomicInteger();

  private CompletionStage<Ear> open() {
    return switch (tries.incrementAndGet()) {
      case 1 -> throw new OutOfMemoryError("unable to create native thread");
      case 2 -> CompletableFuture.failedFuture(new NoClassDefFoundError("a class"));
      default -> new CompletableFuture<>();
    };
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
