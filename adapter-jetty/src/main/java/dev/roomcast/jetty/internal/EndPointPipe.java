package dev.roomcast.jetty.internal;

import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import dev.roomcast.wire.PipeLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Any end point of Jetty as a byte pipe on a loop of ours: a socket, TLS on it, or a stream of
 * HTTP/2. Jetty says on threads of its own when there is something to read and what was written;
 * everything else is on the loop, to which this is confined.
 */
final class EndPointPipe implements BytePipe {

  /**
   * How much an end point may hold that its socket does not take: only a write that waits for the
   * socket tells when it takes bytes again, and an empty one would not wait.
   */
  private static final int HELD_BYTES = 16 * 1024;

  private final EndPoint endPoint;
  private final EndPointBytes bytes;
  private final JettyLoop loop;
  private final Runnable askForInput;

  /** Null while the opener makes it, when nothing can happen yet. */
  private @Nullable PipeListener listener;

  /** What came together with the request. */
  private @Nullable ByteBuffer early;

  private boolean readWanted;
  private boolean writeWanted;

  /** Jetty was asked to say when there is input, and has not yet. */
  private boolean inputAsked;

  /** A look for input is on its way. */
  private boolean reading;

  /** The end point holds bytes, and says when it does not any more. */
  private boolean held;

  private boolean inputEnded;
  private boolean closing;

  /** As {@link #closing}, but what is held is to leave, and the peer's end is awaited. */
  private boolean lingering;

  private boolean told;
  private @Nullable Throwable cause;

  private EndPointPipe(
      EndPoint endPoint, JettyLoop loop, @Nullable ByteBuffer early, Runnable askForInput) {
    this.endPoint = endPoint;
    this.bytes = EndPointBytes.of(endPoint);
    this.loop = loop;
    this.early = early;
    this.askForInput = askForInput;
  }

  /**
   * Takes an end point over from HTTP. On the loop.
   *
   * @param early what HTTP has read beyond the request; null if nothing
   * @param askForInput has {@link #inputComes} called once, on any thread
   * @param opener makes the listener of the pipe, and may use the pipe already; empty: it has
   *     aborted the pipe
   */
  static EndPointPipe open(
      EndPoint endPoint,
      JettyLoop loop,
      @Nullable ByteBuffer early,
      Runnable askForInput,
      Function<BytePipe, Optional<PipeListener>> opener) {
    EndPointPipe pipe = new EndPointPipe(endPoint, loop, early, askForInput);
    loop.add(pipe);
    try {
      pipe.listener = opener.apply(pipe).orElse(null);
    } finally {
      if (pipe.listener == null) {
        loop.remove(pipe);
        endPoint.close();
      }
    }
    return pipe;
  }

  @Override
  public PipeLoop loop() {
    return loop;
  }

  @Override
  public int write(ByteBuffer direct) throws IOException {
    if (closing) {
      throw new ClosedChannelException();
    }
    if (held) {
      return 0;
    }
    int before = direct.remaining();
    try {
      // Streams of HTTP/2 take nothing this way.
      if (!endPoint.flush(direct)) {
        hold(direct);
      }
    } catch (IOException broken) {
      breakWith(broken);
      throw broken;
    }
    return before - direct.remaining();
  }

  /** Passes on what the socket does not take; where TLS has taken all, what that holds itself. */
  private void hold(ByteBuffer direct) {
    int bytes = Math.min(direct.remaining(), HELD_BYTES);
    ByteBuffer rest = ByteBuffer.allocate(bytes).put(direct.slice(direct.position(), bytes)).flip();
    direct.position(direct.position() + bytes);
    held = true;
    endPoint.write(
        Callback.from(() -> later(this::written), failed -> later(() -> writeFailed(failed))),
        rest.hasRemaining() ? rest : BufferUtil.EMPTY_BUFFER);
  }

  private void written() {
    held = false;
    if (readWanted && !inputAsked) {
      // It may have been in the way of a read.
      readLater();
    }
    if (lingering) {
      endOutput();
    } else if (writeWanted && !closing) {
      listener().onWritable();
    }
  }

  private void writeFailed(Throwable failed) {
    held = false;
    breakWith(failed);
  }

  @Override
  public void wantWrite(boolean on) {
    writeWanted = on && !closing;
    if (writeWanted && !held) {
      // Nothing is held, so the next attempt may well succeed.
      held = true;
      later(this::written);
    }
  }

  @Override
  public void wantRead(boolean on) {
    if (closing || inputEnded || readWanted == on) {
      return;
    }
    readWanted = on;
    if (on && !inputAsked) {
      readLater();
    }
  }

  @Override
  public void closeAfterFlush() {
    if (closing) {
      return;
    }
    closing = true;
    lingering = true;
    early = null;
    writeWanted = false;
    if (!held) {
      endOutput();
    }
    if (!inputEnded && !readWanted) {
      readWanted = true;
      if (!inputAsked) {
        readLater();
      }
    }
  }

  /** What was written has left; the peer is told that no more comes. */
  private void endOutput() {
    endPoint.shutdownOutput();
    if (inputEnded) {
      end(null);
    }
  }

  @Override
  public void abort() {
    if (!closing) {
      closing = true;
      bytes.resetOnClose();
    }
    end(new ClosedChannelException());
  }

  /** Jetty has found input, or the end of it. Any thread. */
  void inputComes() {
    later(
        () -> {
          inputAsked = false;
          readable();
        });
  }

  private void readLater() {
    if (!reading) {
      reading = loop.executeAfterIo(this::read);
    }
  }

  private void read() {
    reading = false;
    if (!inputAsked) {
      readable();
    }
  }

  /** One buffer, then the others have their turn. */
  private void readable() {
    if (!readWanted || reading) {
      return;
    }
    ByteBuffer buffer = early;
    int read;
    if (buffer != null) {
      early = null;
      read = buffer.remaining();
    } else {
      buffer = loop.readBuffer().clear().limit(0);
      try {
        read = bytes.fill(buffer);
      } catch (IOException broken) {
        breakWith(broken);
        return;
      }
    }
    if (read > 0) {
      if (!lingering) {
        listener().onBytes(buffer);
      }
      if (readWanted) {
        readLater();
      }
    } else if (read == 0) {
      waitForInput();
    } else {
      inputEnds();
    }
  }

  private void waitForInput() {
    if (!bytes.answersFirst()) {
      inputAsked = true;
      askForInput.run();
    } else if (!held) {
      hold(BufferUtil.EMPTY_BUFFER);
    }
  }

  private void inputEnds() {
    inputEnded = true;
    readWanted = false;
    if (!lingering) {
      listener().onEnd();
    } else if (!held) {
      end(null);
    }
  }

  private void breakWith(Throwable broken) {
    if (cause == null) {
      cause = broken;
    }
    end(broken);
  }

  private void end(@Nullable Throwable broken) {
    closing = true;
    lingering = false;
    readWanted = false;
    endPoint.close(broken);
    // Sockets say so by themselves, streams do not.
    ended();
  }

  /** Jetty cannot read any more. Any thread. */
  void inputFails(Throwable failed) {
    later(() -> breakWith(failed));
  }

  /** The end point is closed, by whomever. Any thread; may come more than once. */
  void ended() {
    // Told later, since a method of this pipe may have ended it.
    later(this::tellEnd);
  }

  private void tellEnd() {
    closing = true;
    lingering = false;
    readWanted = false;
    PipeListener to = listener;
    if (!told && to != null) {
      told = true;
      loop.remove(this);
      to.onClosed(cause);
    }
  }

  private void later(Runnable event) {
    if (!loop.post(event)) {
      // The loop has ended, and nothing else runs on it.
      event.run();
    }
  }

  private PipeListener listener() {
    if (listener == null) {
      throw new IllegalStateException("the pipe is not open yet");
    }
    return listener;
  }
}
