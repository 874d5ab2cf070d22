package dev.roomcast.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

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

  private final Subscriber subscriber;
  private final HeardCodec codec;
  private final Executor listeners;
  private final Hearer hearer;
  private volatile boolean deaf;
  private volatile boolean lost;

  /**
   * An ear.
   *
   * @param listeners the thread that runs listeners, in whose turn messages wait
   */
  Ear(Subscriber subscriber, HeardCodec codec, Executor listeners, Hearer hearer) {
    this.subscriber = subscriber;
    this.codec = codec;
    this.listeners = listeners;
    this.hearer = hearer;
  }

  /** What it hears by. */
  Subscriber subscriber() {
    return subscriber;
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
    subscriber.close();
  }
}
