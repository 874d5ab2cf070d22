package dev.roomcast.server.churn;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.audience.Audience;
import dev.roomcast.core.audience.Audiences;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.testkit.redis.TcpProxy;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** One server with its own wire to Redis. What it is told to send it finds in the log. */
final class Site {

  record Login(String token) {}

  final Origin origin;
  final URI uri;
  private final RoomServer<Void> rooms;
  private final TcpProxy wire;
  private final Log log;

  Site(
      Origin origin,
      URI redis,
      Function<URI, Bus> bus,
      Consumer<OptionsBuilder> options,
      Observer observer,
      Log log) {
    this.origin = origin;
    this.log = log;
    wire = TcpProxy.to(redis);
    rooms =
        RoomServer.<Void>builder()
            .transport(UndertowTransport.on(UndertowOptions.port(0)))
            .codec(JacksonCodec.create())
            .bus(bus.apply(wire.uri()))
            .observer(observer)
            .authenticator(
                Login.class, (login, request) -> Optional.of(Admission.of(login.token())))
            .rooms((client, asked) -> asked)
            .on("say", Integer.class, (call, number) -> send(call.server(), log.sent(number)))
            // Long: a machine that is busy otherwise is no fault.
            .options(all -> all.confirmationTimeout(Duration.ofSeconds(30)))
            .options(options)
            .build();
    uri = rooms.start().uri();
  }

  /** Sends by its own code. */
  void send(Sent message) {
    send(rooms, message);
  }

  private void send(Audiences<Void> server, Sent message) {
    Audience<Void> to =
        switch (message.target) {
          case Target.Everyone everyone -> server.everyone();
          case Target.Room(String name) -> server.room(name);
          case Target.User(String id) -> server.user(id);
          case Target.Visitor(String clientId) -> server.client(clientId);
        };
    message.called(origin, log.moments.next());
    var delivery = to.except(message.excluded).send("m", message.number);
    message.returned(log.moments.next());
    var unused = delivery.report().thenAccept(message::reported);
  }

  /** Ends in order. */
  void shutdown() {
    origin.shutdown(log.moments.next());
    rooms.close();
    wire.close();
  }

  /**
   * Ends as a crash looks from outside: Redis loses it in the middle of a word, then its clients
   * do. What is left of it is cleared away meanwhile.
   */
  CompletableFuture<Void> crash(Runnable clientsAreCut) {
    wire.cut();
    clientsAreCut.run();
    return CompletableFuture.runAsync(
        () -> {
          rooms.close();
          wire.close();
        });
  }
}
