package dev.roomcast.redisson;

import dev.roomcast.port.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.TransportMode;

/** The client that publishes, and what waits for it. Thread-safe. */
final class Publisher {
  private final SocketLoop loop;
  private final RedissonClient client;
  private final Backlog backlog;
  private final Outbox outbox;

  private Publisher(
      SocketLoop loop,
      RedissonClient client,
      RedisUri.Kind kind,
      RedissonOptions options,
      UnaryOperator<Line> watched) {
    this.loop = loop;
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

  /**
   * Connects; blocks for so long. Nothing waits yet.
   *
   * @param config of the client, which gets another loop
   * @param watched who looks on as a line writes
   */
  static Publisher connect(Config config, RedissonOptions options, UnaryOperator<Line> watched) {
    SocketLoop loop = new SocketLoop();
    try {
      RedisUri.Kind kind = ClientConfigs.kind(config);
      config.setTransportMode(TransportMode.NIO).setEventLoopGroup(loop.threads());
      return new Publisher(loop, Redisson.create(config), kind, options, watched);
    } catch (RuntimeException | Error failed) {
      loop.close();
      throw failed;
    }
  }

  /** Whether stages are completed by the calling thread. */
  boolean answers() {
    return loop.inLoop();
  }

  CompletionStage<Long> publish(String channel, byte[] payload) {
    return outbox.publish(channel, payload);
  }

  /** Blocks until nothing waits, or for that long. */
  void awaitNothingWaits(Duration atMost) {
    backlog.awaitEmpty(atMost);
  }

  /** Fails what waits, and whatever is published from now on. Idempotent. */
  void refuse() {
    outbox.close();
  }

  /** Idempotent; blocks for a moment, and for up to a second on the thread that it ends. */
  void shutDown() {
    try {
      client.shutdown(0, 1, TimeUnit.SECONDS);
    } finally {
      loop.close();
    }
  }
}
