package dev.roomcast.testkit.conformance;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A running transport that echoes, for all cases together. Thread-safe. */
final class EchoServer implements Acceptor, AutoCloseable {

  /** The largest message, which cases about limits know. */
  static final int LIMIT = 128 * 1024;

  /** The parameter by which a connection names its case. */
  private static final String CASE = "case";

  private final Transport transport;
  private final URI uri;
  private final Map<String, EchoEnd> ends = new ConcurrentHashMap<>();

  EchoServer(Transport fresh) {
    transport = fresh;
    TransportSettings settings =
        TransportSettings.defaults().withMaxMessageBytes(LIMIT).withIdleTimeout(Duration.ZERO);
    uri =
        fresh
            .start(new TransportContext(settings, this, Observer.none(), TimeSource.system()))
            .uri();
  }

  Transport transport() {
    return transport;
  }

  URI uri() {
    return uri;
  }

  /** Path and query by which a case connects. */
  String target(Case one) {
    return uri.getRawPath() + "?" + CASE + "=" + one.number();
  }

  /** The server's end of a case's connection; empty if there was none. */
  Optional<EchoEnd> end(Case one) {
    return Optional.ofNullable(ends.get(one.number()));
  }

  @Override
  public Verdict admit(Handshake request) {
    return Verdict.accept();
  }

  @Override
  public ConnectionListener opened(Connection connection, Handshake handshake) {
    EchoEnd end = new EchoEnd(transport, connection);
    ends.put(handshake.query().getOrDefault(CASE, List.of("")).getFirst(), end);
    return end;
  }

  @Override
  public void close() {
    transport.close();
  }
}
