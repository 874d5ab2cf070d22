package dev.roomcast.undertow;

import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.undertow.internal.XnioLoops;
import io.undertow.server.HttpHandler;
import java.net.URI;

/** An Undertow server that we do not own. */
final class ForeignHost implements Host {

  @Override
  public URI start(TransportContext context, XnioLoops loops, HttpHandler upgrades) {
    // Neither host nor port is known here, and it may not listen yet.
    return URI.create(context.settings().path());
  }

  @Override
  public void close() {}
}
