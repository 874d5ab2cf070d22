package dev.roomcast.testkit.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ServerSocketFactory;

/**
 * A wire between a client and Redis that can be cut, and that can fall silent while both ends
 * believe that they are connected. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  private final ServerSocket entrance;
  private final URI target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean silent; // guarded by the lock
  private volatile boolean cut;

  private TcpProxy(ServerSocket entrance, URI target) {
    this.entrance = entrance;
    this.target = target;
  }

  /** A wire to a server, on a port of its own. */
  public static TcpProxy to(URI target) {
    return to(target, ServerSocketFactory.getDefault());
  }

  /** A wire whose near end is of another kind, such as TLS. */
  public static TcpProxy to(URI target, ServerSocketFactory entrances) {
    try {
      TcpProxy proxy =
          new TcpProxy(
              entrances.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where clients connect. */
  public int port() {
    return entrance.getLocalPort();
  }

  /** The same as a URI, with the target's scheme. */
  public URI uri() {
    return URI.create(target.getScheme() + "://127.0.0.1:" + port());
  }

  /** Ends every connection, and each new one as soon as it comes. */
  public void cut() {
    cut = true;
    sockets.forEach(TcpProxy::closeQuietly);
    sockets.clear();
  }

  /** Lets connections through again. */
  public void mend() {
    cut = false;
  }

  /** Keeps every connection, and passes on nothing that the server says. */
  public void fallSilent() {
    silent(true);
  }

  /** Passes on what the server said meanwhile, and what it says. */
  public void speakAgain() {
    silent(false);
  }

  private void silent(boolean now) {
    lock.lock();
    try {
      silent = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        if (cut) {
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException closedOrUnreachable) {
        // The client notices, or nobody is left to notice.
      }
    }
  }

  @SuppressWarnings("AddressSelection") // loopback, or a container's port on it
  private void connect(Socket client) throws IOException {
    sockets.add(client);
    Socket server;
    try {
      server = new Socket(target.getHost(), target.getPort());
    } catch (IOException unreachable) {
      client.close();
      throw unreachable;
    }
    sockets.add(server);
    Thread.ofVirtual().start(() -> pump(client, server, /* heeds= */ false));
    Thread.ofVirtual().start(() -> pump(server, client, /* heeds= */ true));
  }

  private void pump(Socket from, Socket to, boolean heeds) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        if (heeds) {
          awaitSpeech();
        }
        out.write(buffer, 0, size);
      }
    } catch (IOException | InterruptedException ended) {
      // Both ends are closed by now.
    }
  }

  private void awaitSpeech() throws InterruptedException {
    lock.lock();
    try {
      while (silent) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException closedAnyway) {
      // Nothing is to be done about it.
    }
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException closedAnyway) {
      // Nothing is to be done about it.
    }
    speakAgain();
    cut();
  }
}
