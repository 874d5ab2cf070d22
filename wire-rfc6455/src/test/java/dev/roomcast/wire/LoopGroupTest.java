package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.ThreadEventLoop;
import dev.roomcast.testkit.transport.DelegatingLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
final class LoopGroupTest {

  /** A thread as a loop that ends. */
  private static final class ThreadMember extends DelegatingLoop implements LoopGroup.Member {
    private final String name;
    private final ThreadEventLoop thread;

    ThreadMember(String name) {
      this(name, EventLoop.singleThread(name));
    }

    private ThreadMember(String name, ThreadEventLoop thread) {
      super(thread);
      this.name = name;
      this.thread = thread;
    }

    @Override
    public void atTurnEnd(Runnable task) {
      thread.execute(task);
    }

    @Override
    public CompletableFuture<Void> settled() {
      CompletableFuture<Void> ran = new CompletableFuture<>();
      if (!execute(() -> ran.complete(null))) {
        ran.complete(null);
      }
      return ran;
    }

    @Override
    public CompletableFuture<Void> close() {
      CompletableFuture<Void> ran = settled();
      thread.close();
      return ran;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void waitsForWhatIsQueuedOnEachLoop() {
    LoopGroup group = new LoopGroup();
    List<String> ran = Collections.synchronizedList(new ArrayList<>());
    for (String name : List.of("one", "two")) {
      ThreadMember loop = group.add(new ThreadMember(name));
      loop.execute(() -> ran.add(name));
    }
    group.settle();
    assertThat(ran).containsExactlyInAnyOrder("one", "two");
    group.close();
  }

  @Test
  void closesEachLoop() {
    LoopGroup group = new LoopGroup();
    ThreadMember one = group.add(new ThreadMember("one"));
    ThreadMember two = group.add(new ThreadMember("two"));
    group.close();
    assertThat(one.execute(() -> {})).isFalse();
    assertThat(two.execute(() -> {})).isFalse();
  }

  @Test
  void cannotBeClosedByOneOfItsLoops() {
    LoopGroup group = new LoopGroup();
    ThreadMember loop = group.add(new ThreadMember("loop"));
    CompletableFuture<Void> closing = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            group.close();
          } catch (IllegalStateException refused) {
            closing.completeExceptionally(refused);
          }
        });
    assertThatThrownBy(closing::join).hasRootCauseInstanceOf(IllegalStateException.class);
    group.close();
  }

  @Test
  void keepsNobodyWaitingForEverWhileALoopIsBlocked() {
    LoopGroup group = new LoopGroup(Duration.ofMillis(50));
    ThreadMember held = group.add(new ThreadMember("held"));
    CompletableFuture<Void> blocked = new CompletableFuture<>();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(LoopGroup.class);
    logger.addAppender(log);
    log.start();
    try {
      held.execute(blocked::join);
      Thread stopping =
          Thread.startVirtualThread(
              () -> {
                group.settle();
                group.close();
              });
      await().until(() -> !stopping.isAlive());
      assertThat(log.list)
          .hasSize(2)
          .allSatisfy(event -> assertThat(event.getFormattedMessage()).contains("held"));
    } finally {
      blocked.complete(null);
      logger.detachAppender(log);
    }
    // What nobody waited for is still done.
    await().until(() -> !held.execute(() -> {}));
  }
}
