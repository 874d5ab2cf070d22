package dev.roomcast.redisson;

import dev.roomcast.port.bus.BusListener;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener, behind a lock: one call at a time, and none once closed. Called by the thread that
 * runs listeners.
 */
final class Listening {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  private final BusListener listener;
  private final ReentrantLock calling = new ReentrantLock();
  private boolean closed; // guarded by calling

  Listening(BusListener listener) {
    this.listener = listener;
  }

  void tell(Consumer<BusListener> what) {
    calling.lock();
    try {
      if (!closed) {
        what.accept(listener);
      }
    } catch (RuntimeException fault) {
      LOG.error("the bus listener threw, which it must not", fault);
    } finally {
      calling.unlock();
    }
  }

  /** Returns when no call is under way; none comes from then on. */
  void close() {
    calling.lock();
    try {
      closed = true;
    } finally {
      calling.unlock();
    }
  }
}
