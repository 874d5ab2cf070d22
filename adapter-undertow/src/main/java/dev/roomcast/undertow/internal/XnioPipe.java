package dev.roomcast.undertow.internal;

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
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.StreamConnection;

/** A connection of XNIO as a byte pipe. Confined to its loop. */
public final class XnioPipe implements BytePipe {
  private final StreamConnection connection;
  private final PipeSocket socket;
  private final XnioLoop loop;

  /** Where each delivery passes; here, as each object on the way is one more wait for memory. */
  private final @Nullable SelectionKey key;

  private final int descriptor;

  /** Null while the opener makes it, when nothing can happen yet. */
  private @Nullable PipeListener listener;

  private boolean readWanted;
  private boolean writeWanted;

  /** TLS took bytes that its socket did not; the pipe sends them on by itself (W02). */
  private boolean unflushed;

  private boolean closing;
  private @Nullable Throwable cause;

  private XnioPipe(StreamConnection connection, XnioLoop loop) {
    this.connection = connection;
    this.socket = PipeSocket.of(connection, loop);
    this.loop = loop;
    key = socket.key();
    descriptor = SocketSend.descriptor(key);
  }

  /**
   * Takes a connection over from whatever used it before. On the loop.
   *
   * @param opener makes the listener of the pipe, and may use the pipe already; empty: it has
   *     aborted the pipe
   */
  static void open(
      StreamConnection connection,
      XnioLoop loop,
      Function<BytePipe, Optional<PipeListener>> opener) {
    XnioPipe pipe = new XnioPipe(connection, loop);
    pipe.socket.listen(pipe::readable, pipe::writable);
    loop.add(pipe);
    try {
      pipe.listener = opener.apply(pipe).orElse(null);
    } finally {
      if (pipe.listener == null) {
        loop.remove(pipe);
        IoUtils.safeClose(connection);
      }
    }
    if (pipe.listener != null) {
      // Comes at once if the connection has ended already.
      connection.setCloseListener(ended -> pipe.ended());
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
      int taken = socket.write(direct);
      if (!socket.flush()) {
        unflushed = true;
        socket.resumeWrites();
      }
      return taken;
    } catch (IOException broken) {
      breakWith(broken);
      throw broken;
    }
  }

  @Override
  public void wantWrite(boolean on) {
    if (closing) {
      return;
    }
    writeWanted = on;
    if (on) {
      socket.resumeWrites();
    } else if (!unflushed) {
      socket.suspendWrites();
    }
  }

  @Override
  public void wantRead(boolean on) {
    if (closing || readWanted == on) {
      return;
    }
    readWanted = on;
    if (on) {
      socket.resumeReads();
    } else {
      socket.suspendReads();
    }
  }

  @Override
  public void closeAfterFlush() {
    if (closing) {
      return;
    }
    wantRead(false);
    wantWrite(false);
    closing = true;
    LingeringClose.begin(connection, socket, loop);
  }

  @Override
  public void abort() {
    if (!closing) {
      closing = true;
      resetOnClose();
    }
    IoUtils.safeClose(connection);
  }

  /**
   * With RST instead of FIN, so that the kernel lets go at once of what a peer that has stopped
   * reading would never take.
   */
  private void resetOnClose() {
    try {
      connection.setOption(Options.CLOSE_ABORT, true);
    } catch (IOException gone) {
      // It is closed already.
    }
  }

  /** One buffer, then the others have their turn; the next select reports what is left. */
  private void readable() {
    // A wake-up for the bytes after the request is a task, and comes although reads were suspended.
    if (!readWanted) {
      socket.suspendReads();
      return;
    }
    ByteBuffer buffer = loop.readBuffer();
    int read;
    try {
      read = socket.read(buffer);
    } catch (IOException broken) {
      breakWith(broken);
      return;
    }
    if (read > 0) {
      listener().onBytes(buffer.flip());
    } else if (read < 0) {
      wantRead(false);
      // Nothing more to read, ever, also if somebody asks for it.
      socket.listen(socket::suspendReads, this::writable);
      listener().onEnd();
    }
  }

  private void writable() {
    try {
      unflushed = unflushed && !socket.flush();
    } catch (IOException broken) {
      breakWith(broken);
      return;
    }
    if (unflushed) {
      return;
    }
    if (writeWanted) {
      listener().onWritable();
    } else {
      socket.suspendWrites();
    }
  }

  private void breakWith(IOException broken) {
    if (cause == null) {
      cause = broken;
    }
    closing = true;
    IoUtils.safeClose(connection);
  }

  /** XNIO says so once. Told later, since a method of this pipe may have ended it. */
  private void ended() {
    readWanted = false;
    writeWanted = false;
    closing = true;
    if (!loop.post(this::tellEnd)) {
      // XNIO is shutting this thread down and closes what is left by itself.
      tellEnd();
    }
  }

  private void tellEnd() {
    loop.remove(this);
    listener().onClosed(cause);
  }

  private PipeListener listener() {
    if (listener == null) {
      throw new IllegalStateException("the pipe is not open yet");
    }
    return listener;
  }
}
