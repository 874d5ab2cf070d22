package dev.roomcast.benchmarks;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The server of the soak test: broadcasts each second, lets everybody join everything, and tells on
 * each line of standard input what its indexes hold and how much heap is live.
 *
 * <p>Usage: {@code SoakServer PORT}; prints {@code ready}, ends with its input.
 */
final class SoakServer {

  /** Any token is a user. */
  record Login(String token) {}

  private SoakServer() {}

  public static void main(String[] arguments) throws IOException {
    CountingObserver counts = new CountingObserver();
    RoomServer<Void> server =
        RoomServer.<Void>builder()
            .transport(UndertowTransport.on(UndertowOptions.port(Integer.parseInt(arguments[0]))))
            .codec(JacksonCodec.create())
            .authenticator(
                Login.class, (login, request) -> Optional.of(Admission.of(login.token())))
            .rooms((client, asked) -> asked)
            .observer(counts)
            .options(options -> options.maxUnauthenticated(20_000))
            .build();
    server.start();
    try (server;
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      var unused =
          clock.scheduleAtFixedRate(
              () -> server.everyone().send("tick", Map.of("payload", "x".repeat(128))),
              1,
              1,
              TimeUnit.SECONDS);
      System.out.println("ready");
      while (input.readLine() != null) {
        System.out.println(report(server, counts));
      }
      clock.shutdownNow();
    }
  }

  private static String report(RoomServer<Void> server, CountingObserver counts) {
    System.gc();
    long live = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    StringBuilder report = new StringBuilder();
    report.append("connections=").append(server.connections());
    report.append(" unauthenticated=").append(server.unauthenticatedConnections());
    report.append(" clients=").append(server.clients().size());
    report.append(" users=").append(server.users().size());
    report.append(" rooms=").append(server.rooms().size());
    report.append(" liveHeapBytes=").append(live);
    for (Signal signal : Signal.values()) {
      if (counts.sum(signal) > 0) {
        report.append(' ').append(signal).append('=').append(counts.sum(signal));
      }
    }
    return report.toString();
  }
}
