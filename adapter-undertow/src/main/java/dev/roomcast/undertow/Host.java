package dev.roomcast.undertow;

import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.undertow.internal.XnioLoops;
import io.undertow.server.HttpHandler;
import java.net.URI;

/** Who owns the listening socket and the threads: we, or the server that we are embedded in. */
interface Host {

  /**
   * Begins to pass requests to the handler.
   *
   * @param loops where the threads of connections are known
   * @return where clients connect, as far as known
   * @throws dev.roomcast.port.transport.TransportException if it cannot start
   */
  URI start(TransportContext context, XnioLoops loops, HttpHandler upgrades);

  /** Gives back what {@link #start} took; returns when it is released. Idempotent. */
  void close();

  /** The server that mounted the handler starts, stops and routes by itself. */
  static Host foreign() {
    return new ForeignHost();
  }
}
