package dev.roomcast.redisson;

import java.time.Duration;

/**
 * How the bus on Redis behaves. Immutable.
 *
 * @param startTimeout within which Redis must answer at the start, and at each new connection
 * @param publishTimeout how long a message may wait for Redis to take it, both in the queue and
 *     once it was written
 * @param waitingMessages messages that may wait for Redis; beyond them publishing fails. In a
 *     cluster those that wait for one master may take half of it, so that some is left for others
 * @param waitingBytes the same in bytes of payload
 * @param heardMessages messages that may wait for the listener; beyond them the newest is dropped
 * @param heardBytes the same in bytes of payload
 */
public record RedissonOptions(
    Duration startTimeout,
    Duration publishTimeout,
    int waitingMessages,
    int waitingBytes,
    int heardMessages,
    int heardBytes) {
  private static final int MIB = 1024 * 1024;

  private static final RedissonOptions DEFAULTS =
      new RedissonOptions(
          Duration.ofSeconds(5), Duration.ofSeconds(10), 10_000, 16 * MIB, 100_000, 64 * MIB);

  public RedissonOptions {
    positive("startTimeout", startTimeout);
    positive("publishTimeout", publishTimeout);
    positive("waitingMessages", waitingMessages);
    positive("waitingBytes", waitingBytes);
    positive("heardMessages", heardMessages);
    positive("heardBytes", heardBytes);
  }

  /** 5 s to start; 10,000 messages, 16 MiB and 10 s to wait; 100,000 messages and 64 MiB heard. */
  public static RedissonOptions defaults() {
    return DEFAULTS;
  }

  /** The same with another {@link #startTimeout}. */
  public RedissonOptions withStartTimeout(Duration timeout) {
    return new RedissonOptions(
        timeout, publishTimeout, waitingMessages, waitingBytes, heardMessages, heardBytes);
  }

  /** The same with other bounds on what waits for Redis. */
  public RedissonOptions withWaiting(int messages, int bytes, Duration longest) {
    return new RedissonOptions(startTimeout, longest, messages, bytes, heardMessages, heardBytes);
  }

  /** The same with other bounds on what waits for the listener. */
  public RedissonOptions withHeard(int messages, int bytes) {
    return new RedissonOptions(
        startTimeout, publishTimeout, waitingMessages, waitingBytes, messages, bytes);
  }

  private static void positive(String name, Duration value) {
    // Redisson counts milliseconds in an int.
    if (value.toMillis() < 1 || value.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected 1 ms to " + Integer.MAX_VALUE + " ms");
    }
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", expected 1 or more");
    }
  }
}
