package dev.roomcast.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A pipe whose socket takes as much as a test says; ends only when the loop turns. */
final class FakePipe implements BytePipe {
  private final FakeLoop loop;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Nullable PipeListener listener;

  /** How many bytes the socket still takes. */
  long room = Long.MAX_VALUE;

  /** How many of them in one call. */
  int mostPerWrite = Integer.MAX_VALUE;

  int writes;

  /** What happens during each write, besides. */
  Runnable onWrite = () -> {};

  boolean wantsWrite;
  boolean wantsRead;
  boolean closedAfterFlush;
  boolean aborted;

  /** Whether what was written never leaves, so that only an abort ends the pipe. */
  boolean lingers;

  @Nullable IOException failure;
  @Nullable RuntimeException surprise;
  int answer = -2;

  FakePipe(FakeLoop loop) {
    this.loop = loop;
  }

  @Override
  public PipeLoop loop() {
    return loop;
  }

  @Override
  public int write(ByteBuffer direct) throws IOException {
    if (!direct.isDirect()) {
      throw new AssertionError("expected a direct buffer");
    }
    writes++;
    onWrite.run();
    if (failure != null) {
      throw failure;
    }
    if (surprise != null) {
      throw surprise;
    }
    if (answer != -2) {
      return answer;
    }
    int taken = (int) Math.min(direct.remaining(), Math.min(room, mostPerWrite));
    byte[] bytes = new byte[taken];
    direct.get(bytes);
    written.writeBytes(bytes);
    room -= taken;
    return taken;
  }

  @Override
  public void wantWrite(boolean on) {
    wantsWrite = on;
  }

  @Override
  public void wantRead(boolean on) {
    wantsRead = on;
  }

  @Override
  public void closeAfterFlush() {
    closedAfterFlush = true;
    if (!lingers) {
      end();
    }
  }

  @Override
  public void abort() {
    aborted = true;
    end();
  }

  private void end() {
    loop.execute(
        () -> {
          if (listener != null) {
            PipeListener told = listener;
            listener = null;
            told.onClosed(null);
          }
        });
  }

  /** Bytes come from the peer, in a direct buffer as a selector would read them. */
  void receive(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    if (listener == null) {
      throw new AssertionError("the pipe has ended");
    }
    listener.onBytes(buffer);
    if (buffer.hasRemaining()) {
      throw new AssertionError("bytes were left");
    }
  }

  /** The socket takes {@code bytes} more, and says so if somebody waits for it. */
  void makeRoom(long bytes) {
    room = bytes;
    if (wantsWrite && listener != null) {
      listener.onWritable();
    }
  }

  /** What was written since the last call. */
  byte[] take() {
    byte[] bytes = written.toByteArray();
    written.reset();
    return bytes;
  }
}
