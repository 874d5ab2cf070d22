package dev.roomcast.undertow;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import java.io.IOException;
import java.net.URI;
import javax.net.SocketFactory;

/** A transport that listens on a free port and echoes. */
final class EchoServer implements AutoCloseable {
  final UndertowTransport transport;
  final Echo echo;
  final URI uri;
  private final SocketFactory sockets;

  EchoServer(UndertowOptions options, TransportSettings settings) {
    this(options, settings, SocketFactory.getDefault());
  }

  /** Whose clients have sockets of their own, such as those of TLS. */
  EchoServer(UndertowOptions options, TransportSettings settings, SocketFactory sockets) {
    this.sockets = sockets;
    transport = UndertowTransport.on(options);
    echo = new Echo(transport);
    uri = transport.start(context(settings, echo)).uri();
  }

  EchoServer() {
    this(UndertowOptions.port(0).withIoThreads(2), TransportSettings.defaults());
  }

  static TransportContext context(TransportSettings settings, Echo echo) {
    return new TransportContext(settings, echo, echo.counted, TimeSource.system());
  }

  RawClient connect() throws IOException {
    return new RawClient(sockets.createSocket(uri.getHost(), uri.getPort()));
  }

  /** A connection after its upgrade. */
  RawClient upgraded() throws IOException {
    RawClient client = connect().send(RawClient.upgradeRequest("/ws"));
    String head = client.readHead();
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("no upgrade: " + head);
    }
    return client;
  }

  @Override
  public void close() {
    transport.close();
  }
}
