package example.hub;

import dev.roomcast.port.bus.BusSubscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The broker: a process of its own that every server's bus connects to. Its lock makes one order of
 * all messages.
 */
public final class Hub implements AutoCloseable {
  private final ServerSocket listening;
  private final Map<Link, Set<BusSubscription>> peers = new HashMap<>();

  /** Port 0 is any that is free. */
  public Hub(int port) throws IOException {
    listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Link link = new Link(listening.accept());
        synchronized (this) {
          peers.put(link, new HashSet<>());
        }
        Thread.startVirtualThread(() -> serve(link));
      }
    } catch (IOException closed) {
      close();
    }
  }

  private void serve(Link link) {
    try (link) {
      while (true) {
        take(link, link.receive());
      }
    } catch (IOException gone) {
      synchronized (this) {
        peers.remove(link);
      }
    }
  }

  private synchronized void take(Link from, Frame frame) throws IOException {
    Set<BusSubscription> heard = peers.get(from);
    if (heard == null) {
      throw new IOException("the hub is closed");
    }
    long takers = 0;
    switch (frame.kind()) {
      case '+' -> heard.add(frame.subscription());
      case '-' -> heard.remove(frame.subscription());
      case '>' -> takers = pass(frame);
      default -> throw new IOException("kind is " + frame.kind() + ", expected +, - or >");
    }
    from.send(Frame.of('=', Long.toString(takers)));
  }

  private long pass(Frame message) {
    long takers = 0;
    for (Map.Entry<Link, Set<BusSubscription>> peer : peers.entrySet()) {
      if (peer.getValue().stream().anyMatch(one -> one.matches(message.name()))) {
        peer.getKey().send(message);
        takers++;
      }
    }
    return takers;
  }

  @Override
  public synchronized void close() {
    try {
      listening.close();
    } catch (IOException closedAllTheSame) {
      // There is nobody to tell.
    }
    peers.keySet().forEach(Link::close);
    peers.clear();
  }
}
