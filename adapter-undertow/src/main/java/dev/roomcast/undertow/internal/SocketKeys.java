package dev.roomcast.undertow.internal;

import java.lang.reflect.Method;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.conduits.StreamSinkConduit;

/** The selection keys of XNIO's sockets, which XNIO does not tell. Thread-safe. */
final class SocketKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SocketKeys.class);

  /** Of XNIO's lowest conduit; null where XNIO is not as we know it. */
  private static final @Nullable Method KEY = find();

  private SocketKeys() {}

  /** Null for a conduit that is not the socket's own. */
  static @Nullable SelectionKey of(StreamSinkConduit conduit) {
    if (KEY == null || !KEY.getDeclaringClass().isInstance(conduit)) {
      return null;
    }
    try {
      return (SelectionKey) KEY.invoke(conduit);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static @Nullable Method find() {
    try {
      Class<?> conduit = Class.forName("org.xnio.nio.NioSocketConduit");
      Method key = conduit.getSuperclass().getDeclaredMethod("getSelectionKey");
      key.setAccessible(true);
      return key;
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      LOG.debug("sockets are written to by XNIO: {}", unknown.toString());
      return null;
    }
  }
}
