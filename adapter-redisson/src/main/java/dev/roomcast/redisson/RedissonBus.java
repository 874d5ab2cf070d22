package dev.roomcast.redisson;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.ThreadEventLoop;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * The bus on Redis (6.2 or newer) or Valkey: single server, sentinel or cluster. Thread-safe.
 *
 * <p>It has two clients of its own, one to publish and one to hear; a client that an application
 * has already cannot promise order, so {@link #like} copies its configuration only.
 *
 * <p>While Redis is away publishes wait, within the bounds of {@link RedissonOptions}; both
 * connections come back by themselves, and {@link BusListener#onConnection} tells when everything
 * is heard again.
 */
public final class RedissonBus implements Bus {
  /** What waits at the end goes out, if Redis takes it so fast. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private enum Phase {
    NEW,
    RUNNING,
    CLOSED
  }

  private final Config base;
  private final String shown;
  private final RedissonOptions options;
  private final ThreadEventLoop loop = EventLoop.singleThread("roomcast-redis");
  private final ListenerThread listeners = new ListenerThread(this::dropped);
  private final Hearing hearing;

  private volatile boolean publishes = true; // written by the loop

  // Confined to the loop.
  private boolean hears = true;
  private boolean told = true;

  private volatile Phase phase = Phase.NEW; // written under this
  private volatile @Nullable Listening listening;
  private volatile @Nullable Publisher publisher;

  private RedissonBus(Config base, String shown, RedissonOptions options) {
    this.base = base;
    this.shown = shown;
    this.options = options;
    hearing = new Hearing(loop, new Ears(base, options, listeners, owner())::open, this::hears);
    // Refused early, and by who knows what was configured.
    var unused = ClientConfigs.kind(base);
  }

  /**
   * A bus with the defaults.
   *
   * @param uri {@code redis://[user:password@]host[:port][/database]}, {@code
   *     redis+sentinel://host:port,host:port/master} or {@code
   *     redis+cluster://host:port,host:port}; {@code rediss} for TLS by the JDK's trust
   * @throws IllegalArgumentException if it is none of these
   */
  public static RedissonBus connect(URI uri) {
    return connect(uri, RedissonOptions.defaults());
  }

  /**
   * A text as a URI for {@link #connect(URI)}, for programs that are configured by texts.
   *
   * @throws IllegalArgumentException if it is none; the message shows no password
   */
  public static URI uri(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException malformed) {
      // Not as a cause: its message quotes the text.
      throw new IllegalArgumentException("URI of Redis is malformed, " + RedisUri.EXPECTED);
    }
    var unused = RedisUri.parse(uri);
    return uri;
  }

  /** A bus with these options; see {@link #connect(URI)}. */
  public static RedissonBus connect(URI uri, RedissonOptions options) {
    return new RedissonBus(ClientConfigs.of(RedisUri.parse(uri)), RedisUri.shown(uri), options);
  }

  /**
   * A bus by Redisson's own configuration, for what a URI cannot say, such as a trust store. It is
   * copied; pools, time-outs, executors and everything else that order rests on is replaced.
   *
   * @throws IllegalArgumentException if it is for none of single server, sentinel and cluster
   */
  public static RedissonBus configured(Config config, RedissonOptions options) {
    return new RedissonBus(new Config(config), "the configured Redis", options);
  }

  /** A bus configured like a client of the application, which is left alone. */
  public static RedissonBus like(RedissonClient client, RedissonOptions options) {
    return configured(client.getConfig(), options);
  }

  @Override
  public void start(BusListener listener) {
    synchronized (this) {
      if (phase != Phase.NEW) {
        throw new IllegalStateException("the bus was started before");
      }
      phase = Phase.RUNNING;
    }
    listening = new Listening(listener);
    try {
      Config config =
          ClientConfigs.publishing(base, options, listeners, new NodeWatch(this::publishes));
      publisher = Publisher.connect(config, options, this::watched);
      hearEverything();
    } catch (RuntimeException failed) {
      close();
      // Again, where it was closed by another thread before the publisher was there.
      endPublishing();
      throw failed instanceof BusException known ? known : unreachable(failed);
    }
  }

  /** Whoever publishes is connected, also where Redisson does not say so, as after a failover. */
  private Line watched(Line line) {
    return batch -> {
      List<CompletionStage<Long>> stages = line.write(batch);
      if (!publishes) {
        var unused = stages.getLast().thenRun(() -> publishes(true));
      }
      return stages;
    };
  }

  private void hearEverything() {
    CompletableFuture<Void> heard = onLoop(hearing::renew);
    try {
      heard.get(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unreachable(interrupted);
    } catch (ExecutionException closed) {
      throw new BusException("the bus is closed, by another thread while it started", closed);
    } catch (TimeoutException late) {
      Throwable why = hearing.lastFailure();
      throw unreachable(why == null ? unconfirmed(late) : why);
    }
  }

  /** Redis's refusal of a channel is one that Redisson logs, and waits on. */
  private static BusException unconfirmed(Exception cause) {
    return new BusException(
        "connected, but not all subscriptions were confirmed; may this user subscribe to these"
            + " channels?",
        cause);
  }

  private BusException unreachable(Throwable why) {
    String advice = Advice.on(why, base);
    return new BusException(
        "cannot use Redis at "
            + shown
            + " within "
            + Reason.seconds(options.startTimeout())
            + ": "
            + Reason.ofConnecting(why)
            + (advice.isEmpty() ? "" : "; " + advice),
        why);
  }

  private Ears.Owner owner() {
    return new Ears.Owner() {
      @Override
      public void heard(String channel, HeardPayload payload) {
        RedissonBus.this.heard(channel, payload);
      }

      @Override
      public void lost(Ear ear) {
        loop.execute(() -> hearing.lost(ear));
      }

      @Override
      public void unsubscribes(Ear ear, BusSubscription subscription) {
        loop.execute(() -> hearing.unsubscribes(ear, subscription));
      }
    };
  }

  private void heard(String channel, HeardPayload payload) {
    Listening to = listening;
    if (to != null) {
      to.tell(listener -> listener.onMessage(channel, payload.bytes()));
    }
  }

  private void dropped(long messages) {
    Listening to = listening;
    if (to != null) {
      to.tell(listener -> listener.onDropped(messages));
    }
  }

  private void publishes(boolean up) {
    loop.execute(
        () -> {
          publishes = up;
          tellConnection();
        });
  }

  private void hears(boolean whole) {
    hears = whole;
    tellConnection();
  }

  private void tellConnection() {
    boolean connected = publishes && hears;
    Listening to = listening;
    if (connected != told && to != null && phase == Phase.RUNNING) {
      told = connected;
      listeners.execute(() -> to.tell(listener -> listener.onConnection(connected)));
    }
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] payload) {
    Publisher to = publisher;
    if (to != null) {
      return to.publish(channel, payload);
    }
    if (phase == Phase.CLOSED) {
      return CompletableFuture.failedFuture(new BusException("the bus is closed", null));
    }
    throw new IllegalStateException("the bus is not started");
  }

  @Override
  public CompletionStage<Void> subscribe(BusSubscription subscription) {
    return onLoop(stage -> hearing.change(subscription, /* wanted= */ true, stage));
  }

  @Override
  public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
    return onLoop(stage -> hearing.change(subscription, /* wanted= */ false, stage));
  }

  @Override
  public CompletionStage<Void> resubscribe() {
    return onLoop(hearing::renew);
  }

  private CompletableFuture<Void> onLoop(Consumer<CompletableFuture<Void>> work) {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    if (!loop.execute(() -> work.accept(stage))) {
      stage.completeExceptionally(new BusException("the bus is closed", null));
    }
    return stage;
  }

  /**
   * Leaves; what waits has a second to go out, and connections another one to end. Blocks for that
   * long at most. By a callback of the listener, too, and by way of a stage that completes; but the
   * thread that completes them cannot wait for others, which then fail at once.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (phase == Phase.CLOSED) {
        return;
      }
      phase = Phase.CLOSED;
    }
    Publisher waiting = publisher;
    if (waiting != null) {
      if (!waiting.answers()) {
        waiting.awaitNothingWaits(LAST_WORDS);
      }
      // Before the listener, whose call under way may wait for a stage.
      waiting.refuse();
    }
    Listening to = listening;
    if (to != null) {
      to.close();
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    boolean posted =
        loop.execute(
            () -> {
              hearing.close();
              ended.complete(null);
            });
    if (posted && !loop.inLoop()) {
      ended.join();
    }
    loop.close();
    try {
      endPublishing();
    } finally {
      listeners.shutdown();
    }
  }

  /** Idempotent; blocks for a moment. */
  private void endPublishing() {
    Publisher last = publisher;
    if (last != null) {
      last.refuse();
      last.shutDown();
    }
  }
}
