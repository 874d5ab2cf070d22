package dev.roomcast.redisson;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.redisson.api.RedissonClient;

/** The client that publishes, and what waits for it. Thread-safe. */
final class Publisher {
  private final RedissonClient client;
  private final Backlog backlog;
  private final Outbox outbox;

  /**
   * Nothing waits yet.
   *
   * @param client connected, and ended by {@link #shutDown}
   * @param kind of what it is connected to
   * @param watched who looks on as a line writes
   */
  Publisher(
      RedissonClient client,
      RedisUri.Kind kind,
      RedissonOptions options,
      EventLoop loop,
      UnaryOperator<Line> watched) {
    this.client = client;
    backlog = new Backlog(options);
    Duration longest = options.publishTimeout();
    TimeSource time = TimeSource.system();
    if (kind == RedisUri.Kind.CLUSTER) {
      Masters masters = RedissonLine.masters(client);
      Line line = watched.apply(new RedissonLine(client, masters));
      outbox =
          new MasterQueues(
              masters, () -> new PublishQueue(longest, backlog.oneOfSeveral(), line, loop, time));
    } else {
      Line line = watched.apply(new RedissonLine(client, /* masters= */ null));
      outbox = new PublishQueue(longest, backlog.whole(), line, loop, time);
    }
  }

  CompletionStage<Long> publish(String channel, byte[] payload) {
    return outbox.publish(channel, payload);
  }

  /** Blocks until nothing waits, or for that long. Not on the loop, which takes the answers. */
  void awaitNothingWaits(Duration atMost) {
    backlog.awaitEmpty(atMost);
  }

  /** Fails what waits, and whatever is published from now on. Idempotent. */
  void refuse() {
    outbox.close();
  }

  /** Idempotent; blocks for a moment. */
  void shutDown() {
    client.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
