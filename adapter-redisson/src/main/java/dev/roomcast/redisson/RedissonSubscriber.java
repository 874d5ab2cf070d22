package dev.roomcast.redisson;

import dev.roomcast.port.bus.BusSubscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.BaseRedisPubSubListener;
import org.redisson.client.ChannelName;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisPubSubListener;
import org.redisson.client.codec.Codec;
import org.redisson.client.protocol.pubsub.PubSubType;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;
import org.redisson.pubsub.PubSubConnectionEntry;
import org.redisson.pubsub.PublishSubscribeService;

/**
 * Subscribes by a client that hears by one connection to each master. What is heard comes by {@link
 * KeptListeners}, not by Redisson's. Thread-safe.
 */
final class RedissonSubscriber implements Subscriber {
  private static final RedisPubSubListener<?> IDLE = new BaseRedisPubSubListener();

  /**
   * Redisson has so many locks, by the hash of the name: what is subscribed together shares one, so
   * that it waits for no other, and what Redis does not answer holds up no more than it must.
   */
  private static final int LOCKS = 50;

  /** What channels that go together have in common. */
  private record Kind(@Nullable MasterSlaveEntry master, int lock) {}

  private final RedissonClient client;
  private final Codec codec;
  private final ConnectionManager nodes;
  private final PublishSubscribeService service;
  private final ConcurrentMap<MasterSlaveEntry, CompletableFuture<PubSubConnectionEntry>> first =
      new ConcurrentHashMap<>();

  RedissonSubscriber(RedissonClient client, Codec codec) {
    this.client = client;
    this.codec = codec;
    nodes = ((Redisson) client).getCommandExecutor().getConnectionManager();
    service = nodes.getSubscribeService();
  }

  private static ChannelName name(BusSubscription subscription) {
    return new ChannelName(
        switch (subscription) {
          case BusSubscription.Channel(String name) -> name;
          case BusSubscription.Prefix(String prefix) -> Glob.pattern(prefix);
        });
  }

  private @Nullable MasterSlaveEntry master(ChannelName name) {
    return nodes.getWriteEntry(nodes.calcSlot(name.getName()));
  }

  @Override
  public Collection<List<BusSubscription>> together(List<BusSubscription> all) {
    Map<Object, List<BusSubscription>> groups = new LinkedHashMap<>();
    for (BusSubscription each : all) {
      Object kind =
          switch (each) {
            case BusSubscription.Channel channel -> {
              ChannelName name = name(channel);
              yield new Kind(master(name), Math.abs(name.hashCode() % LOCKS));
            }
            case BusSubscription.Prefix alone -> alone;
          };
      groups.computeIfAbsent(kind, unseen -> new ArrayList<>()).add(each);
    }
    return groups.values();
  }

  /**
   * The first subscription on a master makes the connection and goes alone: those which come
   * meanwhile wait for it, since they would wait in vain for a connection of their own.
   */
  @Override
  public CompletionStage<Void> subscribe(List<BusSubscription> group) {
    MasterSlaveEntry master = master(name(group.getFirst()));
    if (master == null) {
      return send(group).thenApply(connection -> null);
    }
    CompletableFuture<PubSubConnectionEntry> mine = new CompletableFuture<>();
    CompletableFuture<PubSubConnectionEntry> earlier = first.putIfAbsent(master, mine);
    if (earlier != null) {
      return earlier
          .handle((connection, failed) -> connection)
          .thenCompose(connection -> sendBy(connection, group));
    }
    var unused =
        send(group.subList(0, 1))
            .whenComplete(
                (connection, failed) -> {
                  if (failed == null) {
                    mine.complete(connection);
                  } else {
                    mine.completeExceptionally(failed);
                  }
                });
    return mine.thenCompose(connection -> sendBy(connection, group.subList(1, group.size())));
  }

  private CompletionStage<Void> sendBy(
      @Nullable PubSubConnectionEntry connection, List<BusSubscription> group) {
    if (group.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    if (group.size() > 1) {
      if (connection == null) {
        return CompletableFuture.failedFuture(
            new RedisConnectionException("the first subscription failed"));
      }
      // Redisson takes one place of the connection for a command, and frees one for each name: it
      // would take a connection for idle that is not. Not given back where this fails, since it may
      // have been sent; there are enough.
      for (int more = 1; more < group.size(); more++) {
        var unused = connection.tryAcquire();
      }
    }
    return send(group).thenApply(sent -> null);
  }

  private CompletableFuture<PubSubConnectionEntry> send(List<BusSubscription> group) {
    return switch (group.getFirst()) {
      case BusSubscription.Channel channel ->
          service
              .subscribe(codec, group.stream().map(RedissonSubscriber::name).toList(), IDLE)
              .thenApply(List::getFirst);
      case BusSubscription.Prefix prefix ->
          service
              .psubscribe(name(prefix), codec, IDLE)
              .thenApply(connections -> connections.iterator().next());
    };
  }

  @Override
  public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
    PubSubType type =
        switch (subscription) {
          case BusSubscription.Channel channel -> PubSubType.UNSUBSCRIBE;
          case BusSubscription.Prefix prefix -> PubSubType.PUNSUBSCRIBE;
        };
    return service.removeAllListenersAsync(type, name(subscription));
  }

  @Override
  public void close() {
    client.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
