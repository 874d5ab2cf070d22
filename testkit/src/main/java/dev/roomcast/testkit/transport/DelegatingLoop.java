package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.EventLoop;
import java.time.Duration;

/** Passes every call on to a real loop; what watches or breaks one thing extends it. */
public class DelegatingLoop implements EventLoop {
  private final EventLoop real;

  /** Passes every call on to {@code real}. */
  protected DelegatingLoop(EventLoop real) {
    this.real = real;
  }

  @Override
  public boolean inLoop() {
    return real.inLoop();
  }

  @Override
  public boolean execute(Runnable task) {
    return real.execute(task);
  }

  @Override
  public boolean executeAfterIo(Runnable task) {
    return real.executeAfterIo(task);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    real.after(delay, task);
  }
}
