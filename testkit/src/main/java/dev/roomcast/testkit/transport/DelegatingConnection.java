package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;

/** Passes every call on to a real connection; what watches or breaks one thing extends it. */
public class DelegatingConnection implements Connection {
  private final Connection real;

  /** Passes every call on to {@code real}. */
  protected DelegatingConnection(Connection real) {
    this.real = real;
  }

  /** Around each call that may do something. */
  void call(String method, Runnable body) {
    body.run();
  }

  @Override
  public EventLoop loop() {
    return real.loop();
  }

  @Override
  public void send(PreparedMessage message, Flush flush) {
    call("send", () -> real.send(message, flush));
  }

  @Override
  public void demand(int messages) {
    call("demand", () -> real.demand(messages));
  }

  @Override
  public void close(CloseStatus status, Pending pending) {
    call("close", () -> real.close(status, pending));
  }

  @Override
  public void abort() {
    call("abort", real::abort);
  }

  @Override
  public long queuedBytes() {
    return real.queuedBytes();
  }
}
