package dev.roomcast.wire.internal;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.MessageKind;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * A listener that throws nothing: what the core's throws goes to whoever closes the connection for
 * it. Confined to the connection's loop.
 */
public final class GuardedListener implements ConnectionListener {
  private final ConnectionListener listener;
  private final Consumer<Throwable> thrower;

  public GuardedListener(ConnectionListener listener, Consumer<Throwable> thrower) {
    this.listener = listener;
    this.thrower = thrower;
  }

  /** Hears nothing: until the acceptor has said who listens, and if it fails to. */
  public static GuardedListener nobody() {
    return new GuardedListener(Nobody.INSTANCE, thrown -> {});
  }

  @Override
  public void onMessage(MessageKind kind, ByteBuffer payload) {
    try {
      listener.onMessage(kind, payload);
    } catch (RuntimeException | Error thrown) {
      thrower.accept(thrown);
    }
  }

  @Override
  public void onBackpressure(Backpressure level) {
    try {
      listener.onBackpressure(level);
    } catch (RuntimeException | Error thrown) {
      thrower.accept(thrown);
    }
  }

  @Override
  public void onClosing(CloseStatus status) {
    try {
      listener.onClosing(status);
    } catch (RuntimeException | Error thrown) {
      thrower.accept(thrown);
    }
  }

  @Override
  public void onClosed(CloseStatus status, long lostMessages) {
    try {
      listener.onClosed(status, lostMessages);
    } catch (RuntimeException | Error thrown) {
      thrower.accept(thrown);
    }
  }

  private enum Nobody implements ConnectionListener {
    INSTANCE;

    @Override
    public void onMessage(MessageKind kind, ByteBuffer payload) {}

    @Override
    public void onBackpressure(Backpressure level) {}

    @Override
    public void onClosing(CloseStatus status) {}

    @Override
    public void onClosed(CloseStatus status, long lostMessages) {}
  }
}
