package dev.roomcast.undertow;

import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.undertow.internal.PatientSink;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** What lies between an accepted socket and HTTP: nothing, or TLS. Thread-safe. */
@FunctionalInterface
interface Layer {

  /** The connection that HTTP is to speak on. Called once, before anything was read. */
  StreamConnection over(StreamConnection accepted);

  /** TLS with engines of a context, or nothing if there is none. */
  static Layer of(@Nullable SSLContext tls, XnioWorker threads, TransportSettings settings) {
    if (tls == null) {
      return accepted -> accepted;
    }
    UndertowXnioSsl ssl = new UndertowXnioSsl(threads.getXnio(), OptionMap.EMPTY, tls);
    return accepted -> {
      ConduitStreamSinkChannel sink = accepted.getSinkChannel();
      sink.setConduit(new PatientSink(sink.getConduit(), settings.handshakeTimeout()));
      return ssl.wrapExistingConnection(accepted, OptionMap.EMPTY, /* clientMode= */ false);
    };
  }
}
