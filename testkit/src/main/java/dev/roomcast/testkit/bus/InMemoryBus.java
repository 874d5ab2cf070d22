package dev.roomcast.testkit.bus;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One server's connection to an {@link InMemoryBusNetwork}, with faults on demand. Thread-safe: the
 * network's order lock guards every field, and callbacks run outside it, on the bus's own loop.
 */
public final class InMemoryBus implements Bus {

  /** A message on its way to the listener. */
  private record Delivery(String channel, Payload payload) {}

  /** A publish that waits for the connection. */
  private record Waiting(String channel, Payload payload, OpenStages.Stage<Long> taken) {}

  /** Bytes that nobody changes. */
  private static final class Payload {
    private final byte[] bytes;

    Payload(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private final InMemoryBusNetwork network;
  private final InMemoryBusNetwork.Line line;
  private final int waitingLimit;

  /** Held while a callback runs, so that close() waits for it. Taken before the order lock. */
  private final ReentrantLock callback = new ReentrantLock();

  private final Set<BusSubscription> wanted = new LinkedHashSet<>();
  private final Set<BusSubscription> heard = new LinkedHashSet<>();
  private final Deque<Delivery> arriving = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final OpenStages open;

  /** Changes of subscriptions that wait for the start or the connection. */
  private final List<OpenStages.Stage<Void>> changes = new ArrayList<>();

  private @Nullable BusListener listener;
  private boolean connected = true;
  private boolean refusing;
  private boolean silent;
  private boolean closed;

  InMemoryBus(InMemoryBusNetwork network, InMemoryBusNetwork.Line line, int waitingLimit) {
    this.network = network;
    this.line = line;
    this.open = new OpenStages(network.order, line.loop());
    this.waitingLimit = waitingLimit;
  }

  @Override
  public void start(BusListener told) {
    inOrder(
        () -> {
          if (listener != null || closed) {
            throw new IllegalStateException("started before");
          }
          if (!network.isReachable()) {
            throw new BusException("the in-memory network is set unreachable", null);
          }
          listener = told;
          network.join(this);
          heard.addAll(wanted);
          completeWaitingChanges();
          return null;
        });
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] payload) {
    return inOrder(
        () -> {
          requireStarted();
          if (closed || refusing) {
            return CompletableFuture.failedFuture(
                new BusException(closed ? "the bus is closed" : "told to refuse publishes", null));
          }
          if (!connected && waiting.size() >= waitingLimit) {
            return CompletableFuture.failedFuture(
                new BusException(waitingLimit + " publishes wait already", null));
          }
          OpenStages.Stage<Long> taken = open.begin();
          if (connected) {
            long takers = network.carry(channel, payload);
            open.complete(taken, takers);
          } else {
            waiting.add(new Waiting(channel, new Payload(payload), taken));
          }
          return taken.future();
        });
  }

  @Override
  public CompletionStage<Void> subscribe(BusSubscription subscription) {
    return change(
        () -> wanted.add(subscription),
        () -> {
          if (connected && wanted.contains(subscription)) {
            heard.add(subscription);
          }
        });
  }

  @Override
  public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
    return change(
        () -> wanted.remove(subscription),
        () -> {
          if (!wanted.contains(subscription)) {
            heard.remove(subscription);
          }
        });
  }

  @Override
  public CompletionStage<Void> resubscribe() {
    return change(
        heard::clear,
        () -> {
          if (connected) {
            heard.addAll(wanted);
            silent = false;
          }
        });
  }

  @Override
  public void close() {
    callback.lock();
    try {
      List<OpenStages.Stage<?>> unfinished =
          inOrder(
              () -> {
                closed = true;
                network.leave(this);
                waiting.clear();
                arriving.clear();
                return open.takeAll();
              });
      BusException reason = new BusException("the bus is closed", null);
      unfinished.forEach(stage -> stage.future().completeExceptionally(reason));
    } finally {
      callback.unlock();
    }
    line.close().run();
  }

  // Faults.

  /** Loses the connection: nothing is heard, and publishes wait. */
  public void disconnect() {
    inOrder(
        () -> {
          if (connected) {
            connected = false;
            heard.clear();
            arriving.clear();
            tell(to -> to.onConnection(false));
          }
          return null;
        });
  }

  /** The connection comes back, with every subscription; what waited is published first. */
  public void reconnect() {
    inOrder(
        () -> {
          if (!connected) {
            connected = true;
            silent = false;
            heard.addAll(wanted);
            tell(to -> to.onConnection(true));
            for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
              long takers = network.carry(next.channel(), next.payload().bytes);
              open.complete(next.taken(), takers);
            }
            completeWaitingChanges();
          }
          return null;
        });
  }

  /** Fails publishes from now on, or no longer. */
  public void refusePublishes(boolean refuse) {
    inOrder(() -> refusing = refuse);
  }

  /** Hears nothing, though subscribed and connected, until {@link #resubscribe}. */
  public void fallSilent() {
    inOrder(() -> silent = true);
  }

  // The network's side; the order lock is held.

  boolean hears(String channel) {
    return !silent && heard.stream().anyMatch(one -> one.matches(channel));
  }

  void arrive(String channel, byte[] payload, Duration latency) {
    arriving.add(new Delivery(channel, new Payload(payload)));
    // Each tick delivers the oldest, so that a latency which shrinks cannot change the order.
    if (latency.isZero()) {
      var unused = line.loop().execute(this::deliverOldest);
    } else {
      line.loop().after(latency, this::deliverOldest);
    }
  }

  private void deliverOldest() {
    callBack(
        to -> {
          Delivery next = inOrder(arriving::poll);
          if (next != null && inOrder(() -> hears(next.channel()))) {
            to.onMessage(next.channel(), next.payload().bytes);
          }
        });
  }

  private void tell(Consumer<BusListener> what) {
    var unused = line.loop().execute(() -> callBack(what));
  }

  private void callBack(Consumer<BusListener> what) {
    callback.lock();
    try {
      BusListener to = inOrder(() -> closed ? null : listener);
      if (to != null) {
        what.accept(to);
      }
    } finally {
      callback.unlock();
    }
  }

  private CompletionStage<Void> change(Runnable now, Runnable onLine) {
    return inOrder(
        () -> {
          if (closed) {
            return CompletableFuture.failedFuture(new BusException("the bus is closed", null));
          }
          OpenStages.Stage<Void> stage = open.begin();
          now.run();
          if (listener == null) {
            changes.add(stage);
          } else {
            var unused = line.loop().execute(() -> takeEffect(onLine, stage));
          }
          return stage.future();
        });
  }

  private void takeEffect(Runnable onLine, OpenStages.Stage<Void> stage) {
    inOrder(
        () -> {
          onLine.run();
          changes.add(stage);
          if (connected) {
            completeWaitingChanges();
          }
          return null;
        });
  }

  private void completeWaitingChanges() {
    changes.forEach(stage -> open.complete(stage));
    changes.clear();
  }

  private void requireStarted() {
    if (listener == null) {
      throw new IllegalStateException("not started");
    }
  }

  private <T extends @Nullable Object> T inOrder(Supplier<T> work) {
    network.order.lock();
    try {
      return work.get();
    } finally {
      network.order.unlock();
    }
  }
}
