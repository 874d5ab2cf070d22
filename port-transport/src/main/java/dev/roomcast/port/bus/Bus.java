package dev.roomcast.port.bus;

import java.util.concurrent.CompletionStage;

/**
 * Publish and subscribe between servers. Thread-safe.
 *
 * <p>Life cycle: {@link #start} once, the rest as often as needed, {@link #close} once. A publisher
 * that only emits starts it with {@link BusListener#none()} and never subscribes.
 *
 * <ul>
 *   <li><b>P01</b> {@code start} returns once the bus can publish, and hears what was subscribed
 *       before {@code start}; it throws {@link BusException} if that takes longer than the
 *       adapter's time-out.
 *   <li><b>P02</b> Messages of one {@code Bus} reach every subscriber in the order in which {@code
 *       publish} was called (if one call returned before another began), across all channels (on a
 *       Redis Cluster: per channel).
 *   <li><b>P03</b> A publisher hears its own messages where it subscribed to them.
 *   <li><b>P04</b> A message is delivered to a listener once; no listener subscribes to a channel
 *       both by its name and by a prefix.
 *   <li><b>P05</b> {@code publish} never blocks. It writes a message at most once; what waits is
 *       bounded, and beyond the bound its stage fails with {@link BusException}.
 *   <li><b>P06</b> {@code subscribe}'s stage completes when everything published from then on is
 *       heard, also where it was called before: not while the connection is known to be lost or is
 *       rebuilt. {@code unsubscribe}'s completes when nothing is heard any more. Both are
 *       idempotent and cheap to repeat (by interest each {@code join} asks), and calls for one
 *       subscription take effect in the order of the calls, and subscriptions survive a lost
 *       connection by themselves. {@code resubscribe} may lose messages and never doubles them.
 *   <li><b>P07</b> After {@code close} no callback comes, and every stage still open has failed.
 *       Stages complete on any thread; dependents do not block there.
 * </ul>
 */
public interface Bus extends AutoCloseable {

  /**
   * Connects.
   *
   * @throws BusException if the bus cannot be reached in time
   */
  void start(BusListener listener);

  /**
   * Publishes a message (P02, P05).
   *
   * @param payload not to be changed from now on
   * @return completes on any thread, also one of the bus's own (P07), with how many subscribers
   *     took it, -1 where the bus cannot tell; fails with {@link BusException}
   */
  CompletionStage<Long> publish(String channel, byte[] payload);

  /** Begins to hear (P06). */
  CompletionStage<Void> subscribe(BusSubscription subscription);

  /** Ends hearing (P06). */
  CompletionStage<Void> unsubscribe(BusSubscription subscription);

  /**
   * Drops and rebuilds every subscription, for when they are silent though they should not be.
   *
   * @return completes when everything is heard again
   */
  CompletionStage<Void> resubscribe();

  /** Leaves (P07). */
  @Override
  void close();
}
