package dev.roomcast.port.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ThreadEventLoopTest {
  private final ThreadEventLoop loop = EventLoop.singleThread("tested");
  private final CompletableFuture<Throwable> told = new CompletableFuture<>();

  @AfterEach
  void close() {
    loop.close();
  }

  private void throwOnTheLoopBy(Consumer<Runnable> submitting) throws Exception {
    InternalError broken = new InternalError("the machine is broken");
    submitting.accept(
        () -> {
          Thread.currentThread()
              .setUncaughtExceptionHandler((thread, thrown) -> told.complete(thrown));
          throw broken;
        });

    assertThat(told.get(10, SECONDS)).isSameAs(broken);
    CompletableFuture<Boolean> next = new CompletableFuture<>();
    loop.execute(() -> next.complete(loop.inLoop()));
    assertThat(next.get(10, SECONDS)).as("goes on").isTrue();
  }

  @Test
  void tellsWhoHandlesWhatNobodyCaughtThatATaskBrokeTheMachine() throws Exception {
    throwOnTheLoopBy(loop::execute);
  }

  @Test
  void tellsTheSameOfATimer() throws Exception {
    throwOnTheLoopBy(task -> loop.after(Duration.ofMillis(1), task));
  }
}
