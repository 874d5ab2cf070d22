package dev.roomcast.guice;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.spi.Message;
import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.transport.Transport;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Composes one {@link RoomServer} of the ports that other modules bind: a {@link Transport} and a
 * {@link Codec}, which are needed, and where they are bound a {@link Bus}, an {@link Encryption}
 * and an {@link Observer}. Hooks and options come from {@link RoomcastBinder}.
 *
 * <p>The server is a singleton and is not started: the application calls {@link RoomServer#start}
 * when everything else is ready.
 */
public final class RoomcastModule extends AbstractModule {

  @Override
  protected void configure() {
    OptionalBinder.newOptionalBinder(binder(), Transport.class);
    OptionalBinder.newOptionalBinder(binder(), Codec.class);
    OptionalBinder.newOptionalBinder(binder(), Bus.class);
    OptionalBinder.newOptionalBinder(binder(), Encryption.class);
    OptionalBinder.newOptionalBinder(binder(), Observer.class);
    Multibinder.newSetBinder(binder(), Contribution.class);
  }

  @Provides
  @Singleton
  @Composed
  RoomServer<Object> server(
      Optional<Transport> transport,
      Optional<Codec> codec,
      Optional<Bus> bus,
      Optional<Encryption> encryption,
      Optional<Observer> observer,
      Set<Contribution> contributions) {
    RoomServerBuilder<Object> builder = RoomServer.builder();
    builder.transport(needed(transport, "Transport", "UndertowModule"));
    builder.codec(needed(codec, "Codec", "JacksonModule"));
    bus.ifPresent(builder::bus);
    encryption.ifPresent(builder::encryption);
    observer.ifPresent(builder::observer);
    contributions.forEach(contribution -> contribution.addTo(builder));
    return builder.build();
  }

  private static <T> T needed(Optional<T> port, String name, String example) {
    return port.orElseThrow(
        () ->
            new ConfigurationException(
                List.of(
                    new Message(
                        "No "
                            + name
                            + " is bound: install the module of one adapter, for example "
                            + example))));
  }
}
