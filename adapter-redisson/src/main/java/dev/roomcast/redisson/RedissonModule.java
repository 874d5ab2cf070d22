package dev.roomcast.redisson;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.roomcast.port.bus.Bus;
import java.net.URI;

/** Binds {@link Bus} to a {@link RedissonBus}. Guice is optional: only this class needs it. */
public final class RedissonModule extends AbstractModule {
  private final RedissonBus bus;

  /** Binds this bus. */
  public RedissonModule(RedissonBus bus) {
    this.bus = bus;
  }

  /** Binds {@link RedissonBus#connect(URI)}. */
  public RedissonModule(URI uri) {
    this(RedissonBus.connect(uri));
  }

  @Provides
  @Singleton
  Bus bus() {
    return bus;
  }
}
