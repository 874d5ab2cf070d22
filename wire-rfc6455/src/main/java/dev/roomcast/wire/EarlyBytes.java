package dev.roomcast.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A pipe with bytes that were read before it was handed over, and that come first (W04). Confined
 * to its loop.
 */
final class EarlyBytes implements BytePipe {
  private final BytePipe pipe;
  private final PipeListener listener;

  /** Null once they were delivered, or the pipe is gone. */
  private @Nullable ByteBuffer early;

  private boolean wanted;
  private boolean asked;

  /**
   * @param listener who is told what the pipe reads, and now this
   * @param early owned from now on
   */
  EarlyBytes(BytePipe pipe, PipeListener listener, ByteBuffer early) {
    this.pipe = pipe;
    this.listener = listener;
    this.early = early;
  }

  @Override
  public void wantRead(boolean on) {
    wanted = on;
    if (early == null) {
      pipe.wantRead(on);
    } else if (on && !asked) {
      // As a task: no method of a pipe calls its listener.
      asked = pipe.loop().execute(this::deliver);
    }
  }

  private void deliver() {
    asked = false;
    ByteBuffer first = early;
    if (wanted && first != null) {
      early = null;
      pipe.wantRead(true);
      listener.onBytes(first);
    }
  }

  /** The pipe is gone; nothing is delivered any more. */
  void gone() {
    early = null;
  }

  @Override
  public PipeLoop loop() {
    return pipe.loop();
  }

  @Override
  public int write(ByteBuffer direct) throws IOException {
    return pipe.write(direct);
  }

  @Override
  public void wantWrite(boolean on) {
    pipe.wantWrite(on);
  }

  @Override
  public void closeAfterFlush() {
    pipe.closeAfterFlush();
  }

  @Override
  public void abort() {
    pipe.abort();
  }
}
