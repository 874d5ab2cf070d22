package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.transport.EventLoop;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The shards of one server, one for each loop that ever had a connection. Thread-safe. */
public final class Shards {
  private final Map<EventLoop, Shard> byLoop = new ConcurrentHashMap<>();
  private final Collection<Shard> all = Collections.unmodifiableCollection(byLoop.values());

  Shard of(EventLoop loop, ServerContext context) {
    Shard known = byLoop.get(loop);
    return known == null ? byLoop.computeIfAbsent(loop, one -> new Shard(one, context)) : known;
  }

  /** All of them; a live view. */
  public Collection<Shard> all() {
    return all;
  }
}
