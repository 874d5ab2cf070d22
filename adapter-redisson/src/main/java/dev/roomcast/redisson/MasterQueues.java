package dev.roomcast.redisson;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a cluster: a queue for each master, so that one that is away holds up nobody
 * else's messages. Thread-safe; never blocks.
 *
 * <p>Order holds per channel, also where its slot moves to another master: as long as something of
 * a channel waits, or is under way, whatever comes goes into the same queue, whose {@link Line}
 * knows the way to the new master. So Redis takes the messages of a channel in their order. On
 * their way through the cluster those before the move and those behind it take different links, and
 * only there could one overtake another.
 */
final class MasterQueues implements Outbox {

  /** A channel of which something waits. Guarded by the queues' monitor. */
  private static final class Occupied {
    final PublishQueue queue;
    int messages;

    Occupied(PublishQueue queue) {
      this.queue = queue;
    }
  }

  private final Masters masters;
  private final Supplier<PublishQueue> open;

  // Guarded by this, like all below. Weak, since masters come and go; a queue that its master has
  // left is kept by what occupies it.
  private final Map<@Nullable Object, PublishQueue> queues = new WeakHashMap<>();
  private final Map<String, Occupied> channels = new HashMap<>();
  private boolean closed;

  /**
   * Nothing waits yet.
   *
   * @param open makes an empty queue
   */
  MasterQueues(Masters masters, Supplier<PublishQueue> open) {
    this.masters = masters;
    this.open = open;
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] payload) {
    CompletableFuture<Long> told = new CompletableFuture<>();
    var unused =
        enter(channel)
            .publish(channel, payload)
            .whenComplete(
                (servers, failed) -> {
                  // First: what is published by way of answer may go another way.
                  leave(channel);
                  if (failed == null) {
                    told.complete(servers);
                  } else {
                    told.completeExceptionally(failed);
                  }
                });
    return told;
  }

  private synchronized PublishQueue enter(String channel) {
    Occupied occupied = channels.computeIfAbsent(channel, this::occupy);
    occupied.messages++;
    return occupied.queue;
  }

  private Occupied occupy(String channel) {
    return new Occupied(queues.computeIfAbsent(masters.of(channel), unseen -> newQueue()));
  }

  private PublishQueue newQueue() {
    PublishQueue queue = open.get();
    if (closed) {
      queue.close();
    }
    return queue;
  }

  private synchronized void leave(String channel) {
    channels.computeIfPresent(
        channel, (name, occupied) -> --occupied.messages > 0 ? occupied : null);
  }

  @Override
  public void close() {
    Set<PublishQueue> all = Collections.newSetFromMap(new IdentityHashMap<>());
    synchronized (this) {
      closed = true;
      all.addAll(queues.values());
      channels.values().forEach(occupied -> all.add(occupied.queue));
    }
    all.forEach(PublishQueue::close);
  }
}
