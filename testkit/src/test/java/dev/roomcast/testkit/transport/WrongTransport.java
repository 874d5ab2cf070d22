package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import java.nio.ByteBuffer;

/** Passes everything on to a right transport; each wrong one overrides what it breaks. */
class WrongTransport implements Transport {
  final Transport right;

  WrongTransport() {
    this(new BlockingTransport(0));
  }

  WrongTransport(Transport right) {
    this.right = right;
  }

  TransportSettings wrong(TransportSettings settings) {
    return settings;
  }

  Verdict admit(Acceptor core, Handshake request) {
    return core.admit(request);
  }

  ConnectionListener opened(Acceptor core, Connection connection, Handshake request) {
    Connection wrong = wrong(connection);
    ConnectionListener listener = core.opened(wrong, request);
    return wrong(listener, wrong);
  }

  Connection wrong(Connection connection) {
    return connection;
  }

  /** What the right transport tells from now on. */
  ConnectionListener wrong(ConnectionListener core, Connection connection) {
    return core;
  }

  @Override
  public TransportAddress start(TransportContext context) {
    Acceptor core = context.acceptor();
    Acceptor wrong =
        new Acceptor() {
          @Override
          public Verdict admit(Handshake request) {
            return WrongTransport.this.admit(core, request);
          }

          @Override
          public ConnectionListener opened(Connection connection, Handshake handshake) {
            return WrongTransport.this.opened(core, connection, handshake);
          }
        };
    return right.start(
        new TransportContext(wrong(context.settings()), wrong, context.observer(), context.time()));
  }

  @Override
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    return right.prepare(utf8, compressible);
  }

  @Override
  public void stopAccepting() {
    right.stopAccepting();
  }

  @Override
  public void close() {
    right.close();
  }

  /** A listener that passes everything on. */
  static class Telling implements ConnectionListener {
    final ConnectionListener core;

    Telling(ConnectionListener core) {
      this.core = core;
    }

    @Override
    public void onMessage(MessageKind kind, ByteBuffer payload) {
      core.onMessage(kind, payload);
    }

    @Override
    public void onBackpressure(Backpressure level) {
      core.onBackpressure(level);
    }

    @Override
    public void onClosing(CloseStatus status) {
      core.onClosing(status);
    }

    @Override
    public void onClosed(CloseStatus status, long lostMessages) {
      core.onClosed(status, lostMessages);
    }
  }
}
