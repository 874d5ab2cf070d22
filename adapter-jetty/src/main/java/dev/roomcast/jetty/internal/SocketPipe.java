package dev.roomcast.jetty.internal;

import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import dev.roomcast.wire.PipeLoop;
import dev.roomcast.wire.loop.SocketSend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An end point of Jetty as a byte pipe, once HTTP has done with it. Confined to its loop. */
final class SocketPipe implements BytePipe, Runnable {
  private final LoopEndPoint socket;
  private final SocketBytes bytes;
  private final JettyLoop loop;

  /** Where each delivery passes; here, as each object on the way is one more wait for memory. */
  private final @Nullable SelectionKey key;

  private final int descriptor;

  /** Null while the opener makes it, when nothing can happen yet. */
  private @Nullable PipeListener listener;

  /** What came together with the request. */
  private @Nullable ByteBuffer early;

  private boolean readWanted;
  private boolean writeWanted;

  /** TLS took bytes that its socket did not; the pipe sends them on by itself (W02). */
  private boolean unflushed;

  private boolean inputEnded;
  private boolean heldAsked;

  /** The end was begun: the listener only hears {@code onClosed} any more. */
  private boolean closing;

  /** As {@link #closing}, but the peer's end of the stream is awaited. */
  private boolean lingering;

  private boolean gone;
  private boolean told;
  private @Nullable Throwable cause;

  private SocketPipe(LoopEndPoint socket, SocketBytes bytes, @Nullable ByteBuffer early) {
    this.socket = socket;
    this.bytes = bytes;
    this.loop = socket.loop();
    this.early = early;
    key = bytes.key();
    descriptor = SocketSend.descriptor(key);
  }

  /**
   * Takes an end point over from HTTP. On the loop.
   *
   * @param early what HTTP has read beyond the request; null if nothing
   * @param opener makes the listener of the pipe, and may use the pipe already; empty: it has
   *     aborted the pipe
   */
  static void open(
      LoopEndPoint socket,
      @Nullable ByteBuffer early,
      Function<BytePipe, Optional<PipeListener>> opener) {
    SocketPipe pipe = new SocketPipe(socket, socket.bytes(), early);
    pipe.loop.add(pipe);
    try {
      socket.passTo(pipe);
      pipe.listener = opener.apply(pipe).orElse(null);
    } finally {
      if (pipe.listener == null) {
        pipe.loop.remove(pipe);
        socket.close();
      }
    }
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
    int sent = loop.sockets().send(key, descriptor, direct);
    if (sent > 0) {
      return sent;
    }
    try {
      int taken = bytes.write(direct);
      lookAtHeld();
      return taken;
    } catch (IOException broken) {
      breakWith(broken);
      throw broken;
    }
  }

  private void lookAtHeld() {
    if (unflushed != bytes.holds()) {
      unflushed = !unflushed;
      updateInterest();
      if (!unflushed) {
        // It may have been in the way of a read.
        readHeldLater();
      }
    }
  }

  @Override
  public void wantWrite(boolean on) {
    if (!closing) {
      writeWanted = on;
      updateInterest();
    }
  }

  @Override
  public void wantRead(boolean on) {
    if (closing || inputEnded || readWanted == on) {
      return;
    }
    readWanted = on;
    updateInterest();
    readHeldLater();
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
    readWanted = false;
    try {
      bytes.endOutput();
      unflushed = bytes.holds();
    } catch (IOException broken) {
      breakWith(broken);
      return;
    }
    if (inputEnded) {
      endIfFlushed();
    } else {
      readWanted = true;
    }
    updateInterest();
  }

  @Override
  public void abort() {
    if (!closing) {
      closing = true;
      socket.resetOnClose();
    }
    end();
  }

  /** The socket is ready for some of what was asked. */
  @Override
  public void run() {
    int operations = socket.readyOperations();
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      writable();
    }
    if ((operations & SelectionKey.OP_READ) != 0) {
      readable();
    }
  }

  /** One buffer, then the others have their turn; the next select reports what is left. */
  private void readable() {
    if (!readWanted || gone) {
      return;
    }
    if (lingering) {
      discard();
      return;
    }
    ByteBuffer buffer = early;
    int read;
    if (buffer != null) {
      early = null;
      read = buffer.remaining();
    } else {
      buffer = loop.readBuffer();
      try {
        read = bytes.read(buffer);
        // TLS may have an answer of its own to send, and reads no further before it is out.
        lookAtHeld();
      } catch (IOException broken) {
        breakWith(broken);
        return;
      }
    }
    if (read > 0) {
      listener().onBytes(buffer);
      readHeldLater();
    } else if (read == 0) {
      updateInterest();
    } else {
      inputEnds();
      listener().onEnd();
    }
  }

  /** As it comes from the socket: nobody will decrypt it. */
  private void discard() {
    try {
      if (socket.getChannel().read(loop.readBuffer().clear()) < 0) {
        inputEnds();
        endIfFlushed();
      }
    } catch (IOException broken) {
      breakWith(broken);
    }
  }

  /** Nothing more to read, ever, also if somebody asks for it. */
  private void inputEnds() {
    inputEnded = true;
    readWanted = false;
    updateInterest();
  }

  /** Bytes that the socket does not announce, as it has given them away already. */
  private void readHeldLater() {
    if (readWanted && !heldAsked && (early != null || bytes.mayHoldInput())) {
      heldAsked = loop.executeAfterIo(this::readHeld);
    }
  }

  private void readHeld() {
    heldAsked = false;
    readable();
  }

  private void writable() {
    if (gone) {
      return;
    }
    if (unflushed) {
      try {
        bytes.flush();
      } catch (IOException broken) {
        breakWith(broken);
        return;
      }
      lookAtHeld();
      if (unflushed) {
        return;
      }
    }
    if (lingering && inputEnded) {
      end();
    } else if (writeWanted) {
      listener().onWritable();
    }
  }

  private void endIfFlushed() {
    if (!unflushed) {
      end();
    }
  }

  private void updateInterest() {
    if (!gone) {
      // What nobody reads would be announced again and again.
      boolean reads = readWanted && (lingering || !bytes.readsAfterFlush());
      socket.interest(
          (reads ? SelectionKey.OP_READ : 0)
              | (writeWanted || unflushed ? SelectionKey.OP_WRITE : 0));
    }
  }

  private void breakWith(IOException broken) {
    if (cause == null) {
      cause = broken;
    }
    closing = true;
    end();
  }

  private void end() {
    gone = true;
    readWanted = false;
    writeWanted = false;
    bytes.close();
  }

  /** The end point is closed, by whomever. Any thread; may come more than once. */
  void ended() {
    // Told later, since a method of this pipe may have ended it.
    if (!loop.post(this::tellEnd)) {
      // The selector has stopped, and so has everything else.
      tellEnd();
    }
  }

  private void tellEnd() {
    gone = true;
    closing = true;
    PipeListener told = listener;
    if (!this.told && told != null) {
      this.told = true;
      loop.remove(this);
      told.onClosed(cause);
    }
  }

  private PipeListener listener() {
    if (listener == null) {
      throw new IllegalStateException("the pipe is not open yet");
    }
    return listener;
  }
}
