package dev.roomcast.core.internal.cluster;

import dev.roomcast.core.internal.hub.Interest;
import dev.roomcast.port.bus.Bus;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to the rooms that are here, and to no others. Thread-safe.
 *
 * <p>It counts, because a client's own room and a room that the application has named like it are
 * one channel.
 */
public final class SubscriptionInterest implements Interest {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionInterest.class);

  private record Subscription(int holders, CompletableFuture<Void> asked) {
    Subscription with(int change) {
      return new Subscription(holders + change, asked);
    }
  }

  private final Bus bus;
  private final Channels channels;
  // Changed under the map's lock for a name, so that the bus sees each name's calls in order.
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

  public SubscriptionInterest(Bus bus, Channels channels) {
    this.bus = bus;
    this.channels = channels;
  }

  @Override
  public void gained(String name) {
    subscriptions.compute(
        name, (key, known) -> known == null ? new Subscription(1, subscribe(key)) : known.with(1));
  }

  private CompletableFuture<Void> subscribe(String name) {
    return bus.subscribe(channels.room(name)).toCompletableFuture();
  }

  @Override
  public void lost(String name) {
    subscriptions.computeIfPresent(
        name,
        (key, known) -> {
          if (known.holders() > 1) {
            return known.with(-1);
          }
          unsubscribe(key);
          return null;
        });
  }

  private void unsubscribe(String name) {
    var unused =
        bus.unsubscribe(channels.room(name))
            .whenComplete(
                (done, failed) -> {
                  if (failed != null) {
                    LOG.debug("cannot unsubscribe from a room", failed);
                  }
                });
  }

  /** Whether somebody here is interested in a room. */
  boolean follows(String name) {
    return subscriptions.containsKey(name);
  }

  @Override
  public CompletableFuture<Void> confirmed(Collection<String> names) {
    return CompletableFuture.allOf(
        names.stream()
            .map(this::heardFromNowOn)
            .filter(Objects::nonNull)
            .map(Subscription::asked)
            .toArray(CompletableFuture<?>[]::new));
  }

  // What was confirmed once says nothing of now: the bus may have lost its connection since.
  private @Nullable Subscription heardFromNowOn(String name) {
    return subscriptions.computeIfPresent(
        name,
        (key, known) ->
            known.asked().isDone() ? new Subscription(known.holders(), subscribe(key)) : known);
  }
}
