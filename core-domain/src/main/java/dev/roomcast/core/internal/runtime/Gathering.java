package dev.roomcast.core.internal.runtime;

import java.util.concurrent.CompletableFuture;

/** A yes or no gathered from several loops: yes if one of them says so. Thread-safe. */
public final class Gathering {
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private int open = 1; // guarded by this; the submitter is one part
  private boolean yes; // guarded by this

  /** One loop more is asked. */
  public synchronized void begin() {
    open++;
  }

  /** One part is over. */
  public void answer(boolean partSaysYes) {
    boolean whole;
    synchronized (this) {
      yes |= partSaysYes;
      if (--open > 0) {
        return;
      }
      whole = yes;
    }
    done.complete(whole);
  }

  /** Completes when every part has answered. */
  public CompletableFuture<Boolean> done() {
    return done;
  }
}
