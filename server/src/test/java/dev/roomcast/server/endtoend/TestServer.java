package dev.roomcast.server.endtoend;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** A server over real sockets: four loops, any token is a user, any room may be joined. */
final class TestServer implements AutoCloseable {

  record Login(String token) {}

  static final int LOOPS = 4;

  final CountingObserver counts = new CountingObserver();
  final RoomServer<Void> rooms;
  final URI uri;

  private TestServer(Consumer<RoomServerBuilder<Void>> more) {
    RoomServerBuilder<Void> builder =
        RoomServer.<Void>builder()
            .transport(UndertowTransport.on(UndertowOptions.port(0).withIoThreads(LOOPS)))
            .codec(JacksonCodec.create())
            .observer(counts)
            .authenticator(
                Login.class,
                (login, request) ->
                    "wrong".equals(login.token())
                        ? Optional.empty()
                        : Optional.of(Admission.of(login.token())))
            .rooms((client, asked) -> asked);
    more.accept(builder);
    rooms = builder.build();
    uri = rooms.start().uri();
  }

  static TestServer start(Consumer<RoomServerBuilder<Void>> more) {
    return new TestServer(more);
  }

  static String authenticate(String user) {
    return "{\"event\":\"authenticate\",\"data\":{\"token\":\"" + user + "\"}}";
  }

  static String join(String room) {
    return "{\"event\":\"join\",\"data\":{\"rooms\":[\"" + room + "\"]},\"id\":\"join\"}";
  }

  @Override
  public void close() {
    rooms.close();
  }
}
