package dev.roomcast.benchmarks;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Call;
import dev.roomcast.ecdh.EcdhEncryption;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.jetty.JettyOptions;
import dev.roomcast.jetty.JettyTransport;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.redisson.RedissonBus;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that is measured against others: rooms, echo, and nothing besides. Handlers run on the
 * loop, as those of its peers do.
 *
 * <p>Usage: {@code BenchServer PORT [IO_THREADS [PACING_MILLIS]] [jetty] [encrypted] [REDIS_URI]};
 * prints {@code ready}. On Undertow unless told otherwise; encrypted, every client must; with
 * Redis, {@code bench:send} reaches other servers.
 */
final class BenchServer {

  /** What a benchmark client sends; {@code t} is its time stamp, passed on as it came. */
  record Publish(String room, String payload, long t) {}

  /** What the members get. */
  record Tick(String payload, long t) {}

  /** Any token is a user. */
  record Login(String token) {}

  private BenchServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    int ioThreads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    List<String> words = List.of(arguments);
    boolean paced = arguments.length > 2 && arguments[2].matches("[0-9]+");
    Duration pacing =
        paced ? Duration.ofMillis(Long.parseLong(arguments[2])) : TransportSettings.DEFAULT_PACING;
    Transport transport =
        words.contains("jetty")
            ? JettyTransport.on(JettyOptions.port(port).withIoThreads(ioThreads))
            : UndertowTransport.on(UndertowOptions.port(port).withIoThreads(ioThreads));
    RoomServerBuilder<Void> builder =
        RoomServer.<Void>builder()
            .transport(transport)
            .codec(JacksonCodec.create())
            .authenticator(
                Login.class, (login, request) -> Optional.of(Admission.of(login.token())))
            .onLoop("bench:room", Publish.class, BenchServer::publish)
            .onLoop("bench:send", Publish.class, BenchServer::send)
            .onLoop("bench:echo", Json.class, BenchServer::echo)
            .options(options -> options.pacing(pacing));
    words.stream()
        .filter(word -> word.startsWith("redis"))
        .findFirst()
        .ifPresent(uri -> builder.bus(RedissonBus.connect(URI.create(uri))));
    if (words.contains("encrypted")) {
      builder.encryption(EcdhEncryption.create().required());
    }
    var unused = builder.build().start();
    System.out.println("ready");
    Thread.currentThread().join();
  }

  private static @Nullable Object publish(Call<Void> call, Publish publish) {
    call.server()
        .room(publish.room())
        .here()
        .send("tick", new Tick(publish.payload(), publish.t()));
    return null;
  }

  private static @Nullable Object send(Call<Void> call, Publish publish) {
    call.server().named(publish.room()).send("tick", new Tick(publish.payload(), publish.t()));
    return null;
  }

  private static @Nullable Object echo(Call<Void> call, Json data) {
    call.server().client(call.client().id()).here().send("echo", data);
    return null;
  }
}
