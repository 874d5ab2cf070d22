package example.hub;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A connection that takes frames without blocking; a thread of its own writes them. */
final class Link implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final BlockingQueue<Frame> outgoing = new LinkedBlockingQueue<>(100_000);
  private final Thread writer;

  Link(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    writer = Thread.startVirtualThread(this::write);
  }

  private void write() {
    try (var out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()))) {
      while (true) {
        outgoing.take().write(out);
        if (outgoing.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException | InterruptedException gone) {
      // Its reader hears of it too.
    }
  }

  /** Any thread. Whoever takes nothing for so long is cut off, and hears of it. */
  void send(Frame frame) {
    if (!outgoing.offer(frame)) {
      close();
    }
  }

  /** Waits. By one thread. */
  Frame receive() throws IOException {
    return Frame.read(in);
  }

  @Override
  public void close() {
    writer.interrupt();
    try {
      socket.close();
    } catch (IOException closedAllTheSame) {
      // There is nobody to tell.
    }
  }
}
