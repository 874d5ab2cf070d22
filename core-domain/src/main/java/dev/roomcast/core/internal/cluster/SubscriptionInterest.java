package dev.roomcast.core.internal.cluster;

import dev.roomcast.core.internal.hub.Interest;
import dev.roomcast.port.bus.Bus;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subscribes to the rooms that are here, and to no others. Thread-safe. */
public final class SubscriptionInterest implements Interest {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionInterest.class);

  private final Bus bus;
  private final Channels channels;
  private final Map<String, CompletableFuture<Void>> subscriptions = new ConcurrentHashMap<>();

  public SubscriptionInterest(Bus bus, Channels channels) {
    this.bus = bus;
    this.channels = channels;
  }

  @Override
  public void gained(String name) {
    subscriptions.put(name, bus.subscribe(channels.room(name)).toCompletableFuture());
  }

  @Override
  public void lost(String name) {
    subscriptions.remove(name);
    var unused =
        bus.unsubscribe(channels.room(name))
            .whenComplete(
                (done, failed) -> {
                  if (failed != null) {
                    LOG.debug("cannot unsubscribe from a room", failed);
                  }
                });
  }

  @Override
  public CompletableFuture<Void> confirmed(Collection<String> names) {
    return CompletableFuture.allOf(
        names.stream()
            .map(subscriptions::get)
            .filter(Objects::nonNull)
            .toArray(CompletableFuture<?>[]::new));
  }
}
