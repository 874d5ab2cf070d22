package dev.roomcast.server.endtoend;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** A server over real sockets: any token but {@code wrong} is a user, any room may be joined. */
final class TestServer implements AutoCloseable {

  record Login(String token) {}

  final RoomServer<Void> rooms;
  final URI uri;

  private TestServer(Consumer<OptionsBuilder> options) {
    rooms =
        RoomServer.<Void>builder()
            .transport(UndertowTransport.on(UndertowOptions.port(0)))
            .codec(JacksonCodec.create())
            .authenticator(
                Login.class,
                (login, request) ->
                    "wrong".equals(login.token())
                        ? Optional.empty()
                        : Optional.of(Admission.of(login.token())))
            .rooms((client, asked) -> asked)
            .options(options)
            .build();
    uri = rooms.start().uri();
  }

  static TestServer start() {
    return start(options -> {});
  }

  static TestServer start(Consumer<OptionsBuilder> options) {
    return new TestServer(options);
  }

  static String authenticate(String user) {
    return "{\"event\":\"authenticate\",\"data\":{\"token\":\"" + user + "\"}}";
  }

  @Override
  public void close() {
    rooms.close();
  }
}
