package dev.roomcast.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What the parts of {@link TransportContract} stand on: a transport, its core and its clients. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TransportFixture {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private @Nullable Transport transport;
  private @Nullable URI uri;
  private @Nullable ContractServer server;

  /**
   * A transport that has not been started, on an ephemeral port of the loopback address, with two
   * loops or more where it has several.
   */
  protected abstract Transport newTransport();

  /** How long something that must happen may take; the time a failing test costs. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  /**
   * What clients trust, for a transport whose address is {@code wss}; empty: they speak in the
   * clear.
   */
  protected Optional<SSLContext> clientTls() {
    return Optional.empty();
  }

  /** What tests change from: time-outs long enough to stay out of the way. */
  final TransportSettings settings() {
    return TransportSettings.defaults().withIdleTimeout(Duration.ZERO);
  }

  final ContractServer start() {
    return start(settings());
  }

  final ContractServer start(TransportSettings settings) {
    Transport fresh = newTransport();
    ContractServer acceptor = new ContractServer(patience().toMillis());
    opened.addFirst(fresh);
    transport = fresh;
    server = acceptor;
    uri = fresh.start(context(settings, acceptor)).uri();
    return acceptor;
  }

  static TransportContext context(TransportSettings settings, ContractServer acceptor) {
    return new TransportContext(settings, acceptor, Observer.none(), TimeSource.system());
  }

  final Transport transport() {
    return started(transport);
  }

  final ContractServer server() {
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

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    if (server != null) {
      assertThat(server.violations()).as("broken promises").isEmpty();
    }
  }

  /** A TCP connection without a request yet. */
  final RawWebSocket connect() {
    return connect(uri(), 0);
  }

  /** The same to another address of the transport. */
  final RawWebSocket connect(URI address) {
    return connect(address, 0);
  }

  private RawWebSocket connect(URI address, int receiveBuffer) {
    SocketFactory sockets =
        clientTls()
            .<SocketFactory>map(SSLContext::getSocketFactory)
            .orElseGet(SocketFactory::getDefault);
    return keep(RawWebSocket.connect(address, patience(), receiveBuffer, sockets));
  }

  /** A client whose upgrade has succeeded. */
  final RawWebSocket open() {
    return connect().upgrade();
  }

  /** A client that has little room for what it does not read. */
  final RawWebSocket openSmall() {
    return connect(uri(), 8 * 1024).upgrade();
  }

  /** The server's end of the only connection, or of the last one. */
  final ServerEnd end() {
    return end(1);
  }

  /** The server's end of the n-th connection. */
  final ServerEnd end(int number) {
    eventually(() -> server().ends().size() >= number);
    return server().ends().get(number - 1);
  }

  final <T extends AutoCloseable> T keep(T resource) {
    opened.addFirst(resource);
    return resource;
  }

  final PreparedMessage message(String text) {
    return transport().prepare(text.getBytes(StandardCharsets.UTF_8), true);
  }

  /** A text of so many bytes. */
  final PreparedMessage sized(int bytes) {
    return message("x".repeat(bytes));
  }

  final void send(ServerEnd end, String... texts) {
    List<PreparedMessage> messages = List.of(texts).stream().map(this::message).toList();
    end.run(to -> messages.forEach(one -> to.send(one, Flush.TURN_END)));
  }

  final ConditionFactory patiently() {
    return await().pollInterval(Duration.ofMillis(5)).atMost(patience());
  }

  final void eventually(Callable<Boolean> condition) {
    patiently().until(condition);
  }

  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
