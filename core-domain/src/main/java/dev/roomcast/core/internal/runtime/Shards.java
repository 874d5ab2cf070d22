package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.transport.EventLoop;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The shards of one server, one for each loop that ever had a connection. Thread-safe. */
public final class Shards {
  private final Map<EventLoop, Shard> byLoop = new ConcurrentHashMap<>();
  // Loops have no order of their own, and runs that can be repeated need one.
  private final List<Shard> inOrder = new CopyOnWriteArrayList<>();
  private final Collection<Shard> all = Collections.unmodifiableCollection(inOrder);

  Shard of(EventLoop loop, ServerContext context) {
    Shard known = byLoop.get(loop);
    return known == null ? byLoop.computeIfAbsent(loop, one -> added(one, context)) : known;
  }

  private Shard added(EventLoop loop, ServerContext context) {
    Shard shard = new Shard(loop, context);
    inOrder.add(shard);
    return shard;
  }

  /** All of them; a live view. */
  public Collection<Shard> all() {
    return all;
  }
}
