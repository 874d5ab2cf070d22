package dev.roomcast.wire.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** Lets two engines shake hands in memory. */
final class Handshakes {
  private final SSLEngine client;
  private final SSLEngine server;
  private final ByteBuffer toServer = ByteBuffer.allocate(64 * 1024);
  private final ByteBuffer toClient = ByteBuffer.allocate(64 * 1024);
  private final ByteBuffer unused = ByteBuffer.allocate(64 * 1024);

  private Handshakes(SSLContext client, SSLContext server, String... protocols) {
    this.client = client.createSSLEngine("localhost", 8443);
    this.client.setUseClientMode(true);
    this.client.setEnabledProtocols(protocols);
    this.server = server.createSSLEngine();
  }

  /**
   * What the client sees once both are done.
   *
   * @throws SSLException if one of them refuses
   */
  static SSLSession between(SSLContext client, SSLContext server) throws SSLException {
    return between(client, server, "TLSv1.3", "TLSv1.2");
  }

  static SSLSession between(SSLContext client, SSLContext server, String... protocols)
      throws SSLException {
    return new Handshakes(client, server, protocols).run();
  }

  private SSLSession run() throws SSLException {
    client.beginHandshake();
    server.beginHandshake();
    // Also past the end of the handshake: tickets, and a refusal that comes late in TLS 1.3.
    for (int round = 0; round < 20; round++) {
      step(client, toServer, toClient);
      step(server, toClient, toServer);
    }
    if (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      throw new SSLException("the handshake does not end: " + client.getHandshakeStatus());
    }
    return client.getSession();
  }

  private void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
    in.flip();
    if (in.hasRemaining()) {
      engine.unwrap(in, unused.clear());
    }
    in.compact();
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      engine.wrap(ByteBuffer.allocate(0), out);
    }
  }
}
