package dev.roomcast.server;

import static dev.roomcast.testkit.transport.ClientFrames.BINARY;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static dev.roomcast.testkit.transport.ClientFrames.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.server.config.Given;
import dev.roomcast.server.config.ServeConfig;
import dev.roomcast.testkit.transport.RawWebSocket;
import dev.roomcast.testkit.transport.ServerFrame;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --echo}, as an outside conformance tool meets it. */
final class EchoTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LARGE = 9_000_000;
  private static final int TOO_LARGE = 64 * 1024 * 1024 + 1;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private RunningServer start(Map<String, String> more) {
    Map<String, String> line = new HashMap<>(more);
    line.put("--port", "0");
    line.put("--echo", "/echo");
    RunningServer server = RunningServer.start(ServeConfig.of(new Given(line, Map.of())));
    open.add(() -> server.shutdown().get(20, TimeUnit.SECONDS));
    return server;
  }

  private RawWebSocket connect(RunningServer server, String path) {
    URI uri = URI.create("ws://" + server.webSocket().getRawAuthority() + path);
    RawWebSocket client = RawWebSocket.connect(uri, PATIENCE, 0);
    open.add(client);
    return client;
  }

  private RawWebSocket client(RunningServer server) {
    return connect(server, "/echo").upgrade();
  }

  @Test
  void sendsBackTextAndBinaryAsTheyCame() {
    RawWebSocket client = client(start(Map.of()));
    client.send("é€😀");
    assertThat(client.readText()).isEqualTo("é€😀");
    byte[] noText = {-1, 0, -128};
    client.write(frame(FIN | BINARY, noText));

    ServerFrame binary = client.read();
    assertThat(binary.firstByte()).isEqualTo(FIN | BINARY);
    assertThat(binary.payload()).isEqualTo(noText);
  }

  @Test
  void sendsBackWhatTheServerWouldRefuse() {
    RunningServer server = start(Map.of("--max-payload", "1k"));
    RawWebSocket client = client(server);
    byte[] large = new byte[LARGE];
    Arrays.fill(large, (byte) 'x');
    CompletableFuture<Void> written =
        CompletableFuture.runAsync(() -> client.write(frame(FIN | TEXT, large)));

    assertThat(client.read().size()).isEqualTo(LARGE);
    written.join();
  }

  @Test
  void refusesMoreThan64Mebibytes() {
    RawWebSocket client = client(start(Map.of()));
    client.write(header(FIN | BINARY, TOO_LARGE));

    assertThat(client.readUntilClose().closeCode()).isEqualTo(1009);
  }

  @Test
  void readsOnOnlyWhileItsClientReads() {
    RawWebSocket client = client(start(Map.of("--backpressure-limit", "64k")));
    byte[] message = frame(FIN | BINARY, new byte[1_000_000]);
    int count = 80;
    AtomicInteger taken = new AtomicInteger();
    CompletableFuture<Void> written =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < count; i++) {
                client.write(message);
                taken.incrementAndGet();
              }
            });
    AtomicInteger last = new AtomicInteger(-1);
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> last.getAndSet(taken.get()) == taken.get());
    assertThat(taken.get()).as("messages taken from a client that does not read").isLessThan(count);
    for (int i = 0; i < count; i++) {
      assertThat(client.read().size()).isEqualTo(1_000_000);
    }

    written.join();
  }

  @Test
  void isNowhereBelowItsPathAndLeavesTheOthersAlone() {
    RunningServer server = start(Map.of());
    RawWebSocket below = connect(server, "/echo/below");
    assertThat(below.request(below.upgradeRequest()).status()).isEqualTo(404);

    RawWebSocket other = connect(server, "/ws").upgrade();
    other.send("no envelope");
    assertThat(other.readText()).contains("\"error\"");
  }

  @Test
  void isNotThereUnlessAskedFor() {
    RunningServer server =
        RunningServer.start(ServeConfig.of(new Given(Map.of("--port", "0"), Map.of())));
    open.add(() -> server.shutdown().get(20, TimeUnit.SECONDS));
    RawWebSocket client = connect(server, "/echo");

    assertThat(client.request(client.upgradeRequest()).status()).isEqualTo(404);
  }

  @Test
  void closesWith1001WhenTheServerStops() {
    RunningServer server = start(Map.of());
    RawWebSocket client = echoed(server);
    CompletableFuture<Void> stopped = server.shutdown();

    assertThat(client.readUntilClose().closeCode()).isEqualTo(1001);
    client.sendClose(1001, "");
    client.expectEnd();
    client.close();
    stopped.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void tellsTheOthersThatTheServerStopsThoughItsClientDoesNotAnswer() {
    RunningServer server = start(Map.of("--close-timeout", "60s"));
    RawWebSocket silent = echoed(server);
    RawWebSocket other = connect(server, "/ws").upgrade();
    CompletableFuture<Void> stopped = server.shutdown();

    assertThat(other.readUntilClose().closeCode()).isEqualTo(1001);
    silent.reset();
    other.reset();
    stopped.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void letsNobodyInWhileTheServerWaitsForItsClient() {
    RunningServer server = start(Map.of("--close-timeout", "60s"));
    RawWebSocket silent = echoed(server);
    CompletableFuture<Void> stopped = server.shutdown();

    await().until(() -> status(server, "/ws") == 503 && status(server, "/echo") == 503);
    silent.reset();
    stopped.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** One whom the server knows: it has answered. */
  private RawWebSocket echoed(RunningServer server) {
    RawWebSocket client = client(server);
    client.send("x");
    assertThat(client.readText()).isEqualTo("x");
    return client;
  }

  private int status(RunningServer server, String path) {
    RawWebSocket client = connect(server, path);
    return client.request(client.upgradeRequest()).status();
  }

  /** Its connections live on threads that are the server's. */
  @ParameterizedTest
  @ValueSource(strings = {"undertow", "jetty"})
  void waitsForItsClientThoughTheOthersAreGone(String library) {
    RunningServer server = start(Map.of("--transport", library, "--close-timeout", "60s"));
    RawWebSocket client = echoed(server);
    RawWebSocket other = connect(server, "/ws").upgrade();
    CompletableFuture<Void> stopped = server.shutdown();
    assertThat(other.readUntilClose().closeCode()).isEqualTo(1001);
    other.sendClose(1001, "");
    other.expectEnd();
    other.close();

    assertThat(client.readUntilClose().closeCode()).isEqualTo(1001);
    assertThat(client.staysSilentFor(Duration.ofMillis(300))).isTrue();
    client.sendClose(1001, "");
    client.expectEnd();
    client.close();
    stopped.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
