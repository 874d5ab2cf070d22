package dev.roomcast.redisson;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How much waits for Redis, in however many queues, and its bounds. Thread-safe. */
final class Backlog {
  private final int mostMessages;
  private final int mostBytes;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition emptied = lock.newCondition();
  // Guarded by the lock, like what each share counts.
  private int messages;
  private long bytes;

  Backlog(RedissonOptions options) {
    mostMessages = options.waitingMessages();
    mostBytes = options.waitingBytes();
  }

  /** For the only queue, which may take all the room. */
  Share whole() {
    return new Share(/* leavesRoom= */ false);
  }

  /**
   * For one queue of several. It leaves free as much as it takes: half of the room if it is the
   * only one that does not get on, a third if there are two. So those that do get on always have
   * some.
   */
  Share oneOfSeveral() {
    return new Share(/* leavesRoom= */ true);
  }

  /** What one queue has of it. */
  final class Share {
    private final boolean leavesRoom;
    private int ownMessages;
    private long ownBytes;

    private Share(boolean leavesRoom) {
      this.leavesRoom = leavesRoom;
    }

    /**
     * Counts one message more, unless that is beyond the bounds.
     *
     * @return null, or why not
     */
    @Nullable String add(int size) {
      lock.lock();
      try {
        if (messages + (leavesRoom ? ownMessages : 0) >= mostMessages) {
          return waiting();
        }
        if (bytes + (leavesRoom ? ownBytes : 0) + size > mostBytes) {
          return "a message of " + size + " bytes is beyond the bound of what may wait for Redis";
        }
        messages++;
        bytes += size;
        ownMessages++;
        ownBytes += size;
        return null;
      } finally {
        lock.unlock();
      }
    }

    private String waiting() {
      String all = messages + " messages wait for Redis already";
      return leavesRoom ? all + ", " + ownMessages + " of them for the same master" : all;
    }

    /** Counts one message less. */
    void remove(int size) {
      lock.lock();
      try {
        messages--;
        bytes -= size;
        ownMessages--;
        ownBytes -= size;
        if (messages == 0) {
          emptied.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Blocks until nothing waits, or for that long, or until the thread is interrupted. */
  void awaitEmpty(Duration atMost) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (messages > 0 && left > 0) {
        left = emptied.awaitNanos(left);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
