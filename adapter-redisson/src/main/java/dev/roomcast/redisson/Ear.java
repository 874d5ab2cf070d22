package dev.roomcast.redisson;

import dev.roomcast.port.bus.BusSubscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * One client that hears, by one connection, until it is replaced by another. Redisson would mend a
 * lost connection by itself; a fresh client does so too, and also where subscriptions are silent
 * though they should not be. Thread-safe.
 */
final class Ear {

  /** Told of each message, by the thread that runs listeners. */
  interface Hearer {
    void heard(String channel, HeardPayload payload);
  }

  private final RedissonClient client;
  private final HeardCodec codec;
  private final Executor listeners;
  private final Hearer hearer;
  private final AtomicReference<@Nullable CompletableFuture<Void>> first = new AtomicReference<>();
  private volatile boolean deaf;
  private volatile boolean lost;

  /**
   * An ear.
   *
   * @param listeners the thread that runs listeners, in whose turn messages wait
   */
  Ear(RedissonClient client, HeardCodec codec, Executor listeners, Hearer hearer) {
    this.client = client;
    this.codec = codec;
    this.listeners = listeners;
    this.hearer = hearer;
  }

  /**
   * Subscribes; what is heard comes by {@link KeptListeners}, not by Redisson's. The first
   * subscription makes the connection: those which come meanwhile wait for it, since they would
   * wait in vain for a connection of their own.
   */
  CompletionStage<Void> hear(BusSubscription subscription) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> earlier = first.compareAndExchange(null, mine);
    if (earlier != null) {
      return earlier.handle((done, failed) -> true).thenCompose(ready -> subscribe(subscription));
    }
    var unused = subscribe(subscription).whenComplete((done, failed) -> complete(mine, failed));
    return mine;
  }

  private static void complete(CompletableFuture<Void> stage, @Nullable Throwable failed) {
    if (failed == null) {
      stage.complete(null);
    } else {
      stage.completeExceptionally(failed);
    }
  }

  private CompletionStage<Void> subscribe(BusSubscription subscription) {
    return switch (subscription) {
      case BusSubscription.Channel(String name) ->
          client
              .getTopic(name, codec)
              .addListenerAsync(HeardPayload.class, (channel, payload) -> {})
              .thenApply(id -> null);
      case BusSubscription.Prefix(String prefix) ->
          client
              .getPatternTopic(Glob.pattern(prefix), codec)
              .addListenerAsync(HeardPayload.class, (pattern, channel, payload) -> {})
              .thenApply(id -> null);
    };
  }

  /** Unsubscribes. */
  CompletionStage<Void> forget(BusSubscription subscription) {
    return switch (subscription) {
      case BusSubscription.Channel(String name) ->
          client.getTopic(name, codec).removeAllListenersAsync();
      case BusSubscription.Prefix(String prefix) ->
          client.getPatternTopic(Glob.pattern(prefix), codec).removeAllListenersAsync();
    };
  }

  /** A message came, in the listener's turn. */
  void heard(String channel, HeardPayload payload) {
    codec.delivered(payload.bytes().length);
    if (!deaf) {
      hearer.heard(channel, payload);
    }
  }

  /** Its connection was lost. */
  void markLost() {
    lost = true;
  }

  /** Whether its connection was lost. */
  boolean isLost() {
    return lost;
  }

  /**
   * Gives way to another ear, which must not have subscribed yet: what this one has received until
   * now waits for the listener and is still told, since the other cannot hear it; what comes later
   * is not, since the other may.
   *
   * @return completes, in the listener's turn, when this one tells nothing more
   */
  CompletionStage<Void> giveWay() {
    return CompletableFuture.runAsync(this::deafen, listeners);
  }

  /** Tells nothing from now on, also not of what waits. */
  void deafen() {
    deaf = true;
  }

  /** Releases the connection; blocks for a moment. What waits for the listener is still told. */
  void close() {
    client.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
