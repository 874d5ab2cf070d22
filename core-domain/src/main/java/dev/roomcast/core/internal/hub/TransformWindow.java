package dev.roomcast.core.internal.hub;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets at most {@code limit} transformations of the application run at once on a server, first come
 * first served. Thread-safe. Whoever is granted a slot is told on the thread that freed it, or
 * within {@link #enter}, and must not block.
 */
public final class TransformWindow {

  /**
   * The right to run one transformation; given back once, however often {@link #leave} is called.
   */
  public final class Slot {
    private boolean left; // guarded by the window

    /** Gives the slot to the next in line. */
    public void leave() {
      Entrant next;
      synchronized (TransformWindow.this) {
        if (left) {
          return;
        }
        left = true;
        next = waiting.poll();
        if (next == null) {
          running--;
        }
      }
      if (next != null) {
        next.entered(new Slot());
      }
    }
  }

  /** Waits for a slot. */
  @FunctionalInterface
  public interface Entrant {
    /** The slot is granted. */
    void entered(Slot slot);
  }

  private final int limit;
  private final Queue<Entrant> waiting = new ArrayDeque<>(); // guarded by this
  private int running; // guarded by this

  public TransformWindow(int limit) {
    this.limit = limit;
  }

  /** Asks for a slot. */
  public void enter(Entrant entrant) {
    synchronized (this) {
      if (running >= limit) {
        waiting.add(entrant);
        return;
      }
      running++;
    }
    entrant.entered(new Slot());
  }
}
