package example.hub;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One server's bus. Its lock guards every field; callbacks come on one thread, without it. */
public final class HubBus implements Bus {
  private record Request(Frame frame, CompletableFuture<Long> taken) {}

  private final InetSocketAddress hub;
  private final int mostWaiting;
  private final Set<BusSubscription> wanted = new LinkedHashSet<>();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private final Deque<Request> unanswered = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private BusListener listener;
  private Link link;
  private CompletableFuture<Void> reader = CompletableFuture.completedFuture(null);

  /**
   * @param mostWaiting how many requests may be without an answer (P05)
   */
  public HubBus(int port, int mostWaiting) {
    hub = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.mostWaiting = mostWaiting;
  }

  @Override
  public synchronized void start(BusListener told) {
    listener = told;
    try {
      up(connect());
    } catch (IOException unreachable) {
      throw new BusException("no hub at " + hub, unreachable);
    }
    reader = CompletableFuture.runAsync(this::read, Thread.ofPlatform().daemon()::start);
  }

  private Link connect() throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(hub, 2_000);
    return new Link(socket);
  }

  /** First what is to be heard (P06), then what waited, in its order (P02). */
  private synchronized void up(Link connected) {
    link = connected;
    wanted.forEach(to -> write(new Request(Frame.of('+', to), new CompletableFuture<>())));
    while (!waiting.isEmpty()) {
      write(waiting.remove());
    }
  }

  private void write(Request request) {
    unanswered.add(request);
    link.send(request.frame());
  }

  /** A message may have been passed on, and is not written again (P05); the rest may be. */
  private synchronized void down() {
    link = null;
    while (!unanswered.isEmpty()) {
      Request request = unanswered.removeLast();
      if (request.frame().kind() == '>') {
        fail(request, "the connection to the hub was lost");
      } else {
        waiting.addFirst(request);
      }
    }
  }

  private void read() {
    Link from = link;
    while (closed.getCount() > 0) {
      try (Link reading = from) {
        while (closed.getCount() > 0) {
          take(reading.receive());
        }
      } catch (IOException lost) {
        down();
        from = reconnect();
      }
    }
  }

  private Link reconnect() {
    tell(false);
    while (true) {
      try {
        if (closed.await(50, TimeUnit.MILLISECONDS)) {
          return null;
        }
        Link connected = connect();
        up(connected);
        tell(true);
        return connected;
      } catch (IOException | InterruptedException stillGone) {
        // The next attempt may succeed.
      }
    }
  }

  private void tell(boolean connected) {
    if (closed.getCount() > 0) {
      listener.onConnection(connected);
    }
  }

  private void take(Frame frame) {
    if (frame.kind() == '>') {
      listener.onMessage(frame.name(), frame.payload());
      return;
    }
    Request answered;
    synchronized (this) {
      answered = unanswered.poll();
    }
    if (answered != null) {
      answered.taken().complete(Long.valueOf(frame.name()));
    }
  }

  private synchronized CompletionStage<Long> ask(Frame frame) {
    Request request = new Request(frame, new CompletableFuture<>());
    if (closed.getCount() == 0) {
      fail(request, "the bus is closed");
    } else if (waiting.size() + unanswered.size() >= mostWaiting) {
      fail(request, mostWaiting + " requests wait already");
    } else if (link == null) {
      waiting.add(request);
    } else {
      write(request);
    }
    return request.taken();
  }

  private static void fail(Request request, String why) {
    request.taken().completeExceptionally(new BusException(why, null));
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] payload) {
    return ask(new Frame('>', channel, payload));
  }

  @Override
  public synchronized CompletionStage<Void> subscribe(BusSubscription to) {
    wanted.add(to);
    return ask(Frame.of('+', to)).thenAccept(taken -> {});
  }

  @Override
  public synchronized CompletionStage<Void> unsubscribe(BusSubscription from) {
    wanted.remove(from);
    return ask(Frame.of('-', from)).thenAccept(taken -> {});
  }

  @Override
  public synchronized CompletionStage<Void> resubscribe() {
    CompletionStage<?> all = CompletableFuture.completedFuture(null);
    for (BusSubscription one : wanted) {
      ask(Frame.of('-', one));
      all = all.thenCombine(ask(Frame.of('+', one)), (before, taken) -> null);
    }
    return all.thenAccept(taken -> {});
  }

  /** Not from a callback, for whose end it waits (P07). */
  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
      if (link != null) {
        link.close();
      }
    }
    reader.join();
    synchronized (this) {
      unanswered.forEach(request -> fail(request, "the bus is closed"));
      waiting.forEach(request -> fail(request, "the bus is closed"));
    }
  }
}
