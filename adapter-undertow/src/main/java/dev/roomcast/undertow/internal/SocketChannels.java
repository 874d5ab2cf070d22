package dev.roomcast.undertow.internal;

import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.conduits.StreamSinkConduit;

/** The channels of XNIO's sockets, which XNIO does not tell. Thread-safe. */
final class SocketChannels {
  private static final Logger LOG = LoggerFactory.getLogger(SocketChannels.class);

  /** Of XNIO's lowest conduit; null where XNIO is not as we know it. */
  private static final @Nullable Method CHANNEL = find();

  private SocketChannels() {}

  /** Null for a conduit that is not the socket's own. */
  static @Nullable SocketChannel of(StreamSinkConduit conduit) {
    if (CHANNEL == null || !CHANNEL.getDeclaringClass().isInstance(conduit)) {
      return null;
    }
    try {
      return (SocketChannel) CHANNEL.invoke(conduit);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static @Nullable Method find() {
    try {
      Method channel =
          Class.forName("org.xnio.nio.NioSocketConduit").getDeclaredMethod("getSocketChannel");
      channel.setAccessible(true);
      return channel;
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      LOG.debug("sockets are written to by XNIO: {}", unknown.toString());
      return null;
    }
  }
}
