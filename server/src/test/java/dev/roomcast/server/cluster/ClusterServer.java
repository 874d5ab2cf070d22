package dev.roomcast.server.cluster;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.redisson.RedissonBus;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** One of several servers, over real sockets and a real Redis: any token is a user. */
final class ClusterServer implements AutoCloseable {

  record Login(String token) {}

  final RoomServer<Void> rooms;
  final URI uri;
  private final CountingObserver signals = new CountingObserver();

  private ClusterServer(URI redis, String prefix, Consumer<OptionsBuilder> options) {
    rooms =
        RoomServer.<Void>builder()
            .transport(UndertowTransport.on(UndertowOptions.port(0)))
            .codec(JacksonCodec.create())
            .bus(RedissonBus.connect(redis))
            .observer(signals)
            .authenticator(
                Login.class, (login, request) -> Optional.of(Admission.of(login.token())))
            .rooms((client, asked) -> asked)
            .options(all -> all.channelPrefix(prefix))
            .options(options)
            .build();
    uri = rooms.start().uri();
  }

  /**
   * Starts a server.
   *
   * @param prefix keeps tests apart that share a Redis
   */
  static ClusterServer start(URI redis, String prefix) {
    return start(redis, prefix, options -> {});
  }

  static ClusterServer start(URI redis, String prefix, Consumer<OptionsBuilder> options) {
    return new ClusterServer(redis, prefix, options);
  }

  long count(Signal signal) {
    return signals.sum(signal);
  }

  @Override
  public void close() {
    rooms.close();
  }
}
