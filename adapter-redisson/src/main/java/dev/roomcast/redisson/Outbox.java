package dev.roomcast.redisson;

import java.util.concurrent.CompletionStage;

/** Takes what is published, and writes it as soon as Redis lets it. Thread-safe; never blocks. */
interface Outbox {

  /**
   * Takes a message, which is written at most once.
   *
   * @return for how many servers Redis took it; completes on the loop, or at once where nothing is
   *     written; fails with {@link dev.roomcast.port.bus.BusException}
   */
  CompletionStage<Long> publish(String channel, byte[] payload);

  /** Fails what waits, and whatever is published from now on. Idempotent. */
  void close();
}
