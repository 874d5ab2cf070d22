package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.MessageKind;
import java.nio.ByteBuffer;

/** Passes every call on to a real listener; what watches or breaks one thing extends it. */
public class DelegatingListener implements ConnectionListener {
  private final ConnectionListener real;

  /** Passes every call on to {@code real}. */
  protected DelegatingListener(ConnectionListener real) {
    this.real = real;
  }

  @Override
  public void onMessage(MessageKind kind, ByteBuffer payload) {
    real.onMessage(kind, payload);
  }

  @Override
  public void onBackpressure(Backpressure level) {
    real.onBackpressure(level);
  }

  @Override
  public void onClosing(CloseStatus status) {
    real.onClosing(status);
  }

  @Override
  public void onClosed(CloseStatus status, long lostMessages) {
    real.onClosed(status, lostMessages);
  }
}
