package dev.roomcast.core.internal.hub;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Follows which names are claimed on this server. Thread-safe; never blocks. */
public interface Interest {

  /** A holder of a name more. Called before its {@link #lost}, and as often. */
  void gained(String name);

  /** A holder of a name less. */
  void lost(String name);

  /**
   * Completes when everything published to these names from then on is heard here. Only for names
   * that are claimed.
   */
  CompletableFuture<Void> confirmed(Collection<String> names);

  /** Follows nothing; everything is heard anyway. */
  static Interest none() {
    return new Interest() {
      @Override
      public void gained(String name) {}

      @Override
      public void lost(String name) {}

      @Override
      public CompletableFuture<Void> confirmed(Collection<String> names) {
        return CompletableFuture.completedFuture(null);
      }
    };
  }
}
