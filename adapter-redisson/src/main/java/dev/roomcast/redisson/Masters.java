package dev.roomcast.redisson;

import org.jspecify.annotations.Nullable;

/** Who publishes what in a cluster. Thread-safe; never blocks. */
@FunctionalInterface
interface Masters {

  /** The master of a channel's slot, compared by identity; null where none is known right now. */
  @Nullable Object of(String channel);
}
