package dev.roomcast.guice;

import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.TypeLiteral;
import dev.roomcast.core.RoomServer;
import org.jspecify.annotations.Nullable;

/**
 * Provides the composed server under its real type. All instances are equal, so that each module of
 * an application may ask for it: Guice ignores a binding that is there already.
 */
final class Retyped<T> implements Provider<T> {
  private static final Key<RoomServer<Object>> COMPOSED =
      Key.get(new TypeLiteral<RoomServer<Object>>() {}, Composed.class);

  private @Nullable Injector injector;

  @Inject
  void injector(Injector created) {
    injector = created;
  }

  @Override
  public T get() {
    if (injector == null) {
      throw new IllegalStateException("asked for a server before the injector was created");
    }
    return Unchecked.cast(injector.getInstance(COMPOSED));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Retyped<?>;
  }

  @Override
  public int hashCode() {
    return Retyped.class.hashCode();
  }
}
