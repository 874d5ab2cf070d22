package dev.roomcast.simulation.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.endtoend.JdkClient.Closed;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the parts of {@link EndToEndContract} stand on: a server where any token but {@code wrong}
 * and {@code throw} is a user and any room may be joined, and its clients.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class EndToEndFixture {
  private static final HttpClient IN_THE_CLEAR = HttpClient.newHttpClient();

  /** What clients authenticate with. */
  record Login(String token) {}

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<Disconnection> goodbyes = new CopyOnWriteArrayList<>();
  private final CountingObserver counts = new CountingObserver();
  private @Nullable RoomServer<Void> server;
  private @Nullable URI uri;
  private @Nullable HttpClient http;

  /**
   * A transport that has not been started, on an ephemeral port of the loopback address, with
   * several loops where it can have them. The address that its start returns is whole: scheme, host
   * and port.
   */
  protected abstract Transport newTransport();

  /** The codec of the servers, for example {@code JacksonCodec.create()}. */
  protected abstract Codec codec();

  /**
   * What clients trust, for a transport whose address is {@code wss}; empty: they speak in the
   * clear.
   */
  protected Optional<SSLContext> clientTls() {
    return Optional.empty();
  }

  final HttpClient http() {
    HttpClient made = http;
    if (made == null) {
      made =
          clientTls()
              .map(tls -> HttpClient.newBuilder().sslContext(tls).build())
              .orElse(IN_THE_CLEAR);
      http = made;
    }
    return made;
  }

  /** How long something that must happen may take; the time a failing test costs. */
  protected Duration patience() {
    return Duration.ofSeconds(20);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    if (clientTls().isPresent() && http != null) {
      http.shutdownNow();
    }
  }

  final RoomServer<Void> start() {
    return start(builder -> {});
  }

  final RoomServer<Void> start(Consumer<RoomServerBuilder<Void>> more) {
    RoomServerBuilder<Void> builder =
        RoomServer.<Void>builder()
            .transport(newTransport())
            .codec(codec())
            .observer(counts)
            .authenticator(Login.class, (login, request) -> admit(login))
            .rooms((client, asked) -> asked)
            .onDisconnected((client, cause) -> goodbyes.add(cause));
    more.accept(builder);
    RoomServer<Void> built = builder.build();
    opened.addLast(built);
    server = built;
    uri = built.start().uri();
    return built;
  }

  private static Optional<Admission<Void>> admit(Login login) {
    return switch (login.token()) {
      case "wrong" -> Optional.empty();
      case "throw" -> throw new IllegalStateException("secret of the authenticator");
      default -> Optional.of(Admission.of(login.token()));
    };
  }

  final RoomServer<Void> server() {
    return started(server);
  }

  /** Where clients connect. */
  final URI uri() {
    return started(uri);
  }

  private static <T> T started(@Nullable T what) {
    if (what == null) {
      throw new IllegalStateException("start() first");
    }
    return what;
  }

  /** What the server counted. */
  final CountingObserver counts() {
    return counts;
  }

  /** How clients ended, as the application was told. */
  final List<Disconnection> goodbyes() {
    return goodbyes;
  }

  final JdkClient connect() {
    return keep(JdkClient.connect(http(), uri()));
  }

  /** A client that was admitted; the first thing it received is {@code connected}. */
  final JdkClient connect(String user) {
    return connect(user, text -> {});
  }

  final JdkClient connect(String user, Consumer<String> onText) {
    JdkClient client = keep(JdkClient.connect(http(), uri(), onText));
    client.send(authenticate(user));
    eventually(() -> !client.received().isEmpty());
    assertThat(client.received().getFirst()).startsWith("{\"event\":\"connected\"");
    return client;
  }

  /** Clients end before their servers. */
  private JdkClient keep(JdkClient client) {
    opened.addFirst(client);
    return client;
  }

  /** What a client received after {@code connected}, up to now. */
  static List<String> messages(JdkClient client) {
    return client.received().stream().skip(1).toList();
  }

  final void awaitMessages(JdkClient client, int count) {
    eventually(() -> messages(client).size() >= count);
  }

  /** Waits for the end of a connection, here and in the hook of the application. */
  final void assertClosed(JdkClient client, int code, String reason) {
    Closed closed = client.closed().orTimeout(patience().toMillis(), TimeUnit.MILLISECONDS).join();
    assertThat(closed).isEqualTo(new Closed(code, reason));
    eventually(() -> !goodbyes.isEmpty());
    assertThat(goodbyes).extracting(Disconnection::code).contains(code);
  }

  final void eventually(Callable<Boolean> condition) {
    await().pollInterval(Duration.ofMillis(5)).atMost(patience()).until(condition);
  }

  static String authenticate(String token) {
    return "{\"event\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}";
  }

  static String join(String room) {
    return "{\"event\":\"join\",\"data\":{\"rooms\":[\"" + room + "\"]},\"id\":\"join\"}";
  }

  static String joined(String room) {
    return join(room);
  }

  static String error(String message) {
    return "{\"event\":\"error\",\"data\":{\"message\":\"" + message + "\"}}";
  }
}
