package dev.roomcast.redisson;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * The thread that runs listeners, and what waits for it. Redisson hands over each message by a task
 * of its own, also one whose payload was dropped, and by the thread that has just decoded it; so
 * that task is refused and counted here, and the queue is as bounded as {@link HeardCodec} says.
 * What tells of subscriptions passes always. Thread-safe.
 */
final class ListenerThread extends ThreadPoolExecutor {
  private final LongConsumer dropped;
  private final Set<Thread> refusing = ConcurrentHashMap.newKeySet();
  private final AtomicLong untold = new AtomicLong();

  /**
   * Idle.
   *
   * @param dropped told by this thread, in its turn, how many messages were refused
   */
  ListenerThread(LongConsumer dropped) {
    super(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        Thread.ofPlatform().daemon().name("roomcast-redis-hears").factory(),
        // After the end: what a client that is being discarded still hears.
        new DiscardPolicy());
    this.dropped = dropped;
  }

  /** Whether the next task by the calling thread is of a message that is dropped. */
  void refuseNext(boolean refuse) {
    if (refuse) {
      refusing.add(Thread.currentThread());
    } else {
      refusing.remove(Thread.currentThread());
    }
  }

  @Override
  public void execute(Runnable task) {
    if (!refusing.remove(Thread.currentThread())) {
      super.execute(task);
    } else if (untold.getAndIncrement() == 0) {
      // One word for all that are refused until its turn comes.
      super.execute(() -> dropped.accept(untold.getAndSet(0)));
    }
  }
}
