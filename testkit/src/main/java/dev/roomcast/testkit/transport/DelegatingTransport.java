package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;

/**
 * Passes everything on to a real transport; what watches or breaks one thing extends it. A contract
 * suite is proven by transports of this kind that break one rule each. As thread-safe as the real
 * one.
 */
public class DelegatingTransport implements Transport {
  private final Transport real;

  /** Passes everything on to {@code real}. */
  protected DelegatingTransport(Transport real) {
    this.real = real;
  }

  /** The settings that the real transport gets for those of the core. */
  protected TransportSettings settings(TransportSettings given) {
    return given;
  }

  /** A request came. */
  protected Verdict admit(Acceptor core, Handshake request) {
    return core.admit(request);
  }

  /** A connection was opened; the listener is the one that the real transport tells. */
  protected ConnectionListener opened(Acceptor core, Connection real, Handshake request) {
    Connection connection = connection(real);
    return listener(core.opened(connection, request), connection);
  }

  /** What the core gets for a real connection. */
  protected Connection connection(Connection real) {
    return real;
  }

  /** What the real transport gets for the core's listener. */
  protected ConnectionListener listener(ConnectionListener core, Connection connection) {
    return core;
  }

  @Override
  public TransportAddress start(TransportContext context) {
    Acceptor core = context.acceptor();
    Acceptor between =
        new Acceptor() {
          @Override
          public Verdict admit(Handshake request) {
            return DelegatingTransport.this.admit(core, request);
          }

          @Override
          public ConnectionListener opened(Connection connection, Handshake request) {
            return DelegatingTransport.this.opened(core, connection, request);
          }
        };
    return real.start(
        new TransportContext(
            settings(context.settings()), between, context.observer(), context.time()));
  }

  @Override
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    return real.prepare(utf8, compressible);
  }

  @Override
  public void stopAccepting() {
    real.stopAccepting();
  }

  @Override
  public void close() {
    real.close();
  }
}
