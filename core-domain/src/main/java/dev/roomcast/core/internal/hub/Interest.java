package dev.roomcast.core.internal.hub;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Follows which names are claimed on this server. Thread-safe; never blocks. */
public interface Interest {

  /** The first claim on a name. Called in order with {@link #lost} for one name. */
  void gained(String name);

  /** The last claim on a name was given back. */
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
