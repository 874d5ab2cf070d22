package dev.roomcast.benchmarks;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Call;
import dev.roomcast.ecdh.EcdhEncryption;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.redisson.RedissonBus;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that is measured against others: rooms, echo, and nothing besides. Handlers run on the
 * loop, as those of its peers do.
 *
 * <p>Usage: {@code BenchServer PORT [IO_THREADS [encrypted|REDIS_URI]]}; prints {@code ready}.
 * Encrypted, every client must; with Redis, {@code bench:send} reaches other servers.
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
    boolean encrypted = arguments.length > 2 && arguments[2].equals("encrypted");
    RoomServerBuilder<Void> builder =
        RoomServer.<Void>builder()
            .transport(UndertowTransport.on(UndertowOptions.port(port).withIoThreads(ioThreads)))
            .codec(JacksonCodec.create())
            .authenticator(
                Login.class, (login, request) -> Optional.of(Admission.of(login.token())))
            .onLoop("bench:room", Publish.class, BenchServer::publish)
            .onLoop("bench:send", Publish.class, BenchServer::send)
            .onLoop("bench:echo", Json.class, BenchServer::echo);
    if (arguments.length > 2 && arguments[2].startsWith("redis")) {
      builder.bus(RedissonBus.connect(URI.create(arguments[2])));
    }
    if (encrypted) {
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
