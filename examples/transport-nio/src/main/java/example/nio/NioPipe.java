package example.nio;

import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import dev.roomcast.wire.PipeLoop;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Function;

/** A socket as a byte pipe. Confined to its loop. */
final class NioPipe implements BytePipe, Runnable {
  private final NioLoop loop;
  private final SocketChannel socket;
  private final SelectionKey key;
  private final PipeListener listener;
  private boolean peerEnded;
  private boolean closing;
  private boolean gone;

  private NioPipe(NioLoop loop, SocketChannel socket, Function<BytePipe, PipeListener> opener)
      throws IOException {
    this.loop = loop;
    this.socket = socket;
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
    key = socket.register(loop.selector, 0, this);
    listener = opener.apply(this);
  }

  static void open(NioLoop loop, SocketChannel socket, Function<BytePipe, PipeListener> opener) {
    try {
      new NioPipe(loop, socket, opener);
    } catch (IOException broken) {
      close(socket);
    }
  }

  @Override
  public void run() {
    try {
      if (!gone && key.isReadable()) {
        read();
      }
      if (!gone && key.isWritable()) {
        listener.onWritable();
      }
    } catch (IOException broken) {
      end(broken);
    }
  }

  private void read() throws IOException {
    ByteBuffer buffer = loop.readBuffer.clear();
    peerEnded = socket.read(buffer) < 0;
    if (closing && peerEnded) {
      end(null);
    } else if (peerEnded) {
      wantRead(false);
      listener.onEnd();
    } else if (!closing) {
      listener.onBytes(buffer.flip());
    }
  }

  @Override
  public PipeLoop loop() {
    return loop.turns;
  }

  @Override
  public int write(ByteBuffer direct) throws IOException {
    return socket.write(direct);
  }

  @Override
  public void wantWrite(boolean on) {
    want(SelectionKey.OP_WRITE, on);
  }

  @Override
  public void wantRead(boolean on) {
    want(SelectionKey.OP_READ, on && !peerEnded);
  }

  private void want(int operation, boolean on) {
    if (!gone && !closing) {
      key.interestOps(on ? key.interestOps() | operation : key.interestOps() & ~operation);
    }
  }

  /** Ends one direction and discards the other: closing it unread would destroy what was sent. */
  @Override
  public void closeAfterFlush() {
    want(SelectionKey.OP_WRITE, false);
    wantRead(true);
    closing = true;
    try {
      socket.shutdownOutput();
      if (peerEnded) {
        end(null);
      }
    } catch (IOException broken) {
      end(broken);
    }
  }

  @Override
  public void abort() {
    end(null);
  }

  private void end(IOException cause) {
    if (!gone) {
      gone = true;
      close(socket);
      // As a task: no method of a pipe calls its listener before it returned.
      loop.turns.post(() -> listener.onClosed(cause));
    }
  }

  static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException closedAllTheSame) {
    }
  }
}
