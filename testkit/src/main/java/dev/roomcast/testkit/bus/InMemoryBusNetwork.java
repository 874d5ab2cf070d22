package dev.roomcast.testkit.bus;

import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.ThreadEventLoop;
import dev.roomcast.testkit.time.SimulatedLoop;
import dev.roomcast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What buses in memory are connected to, with the faults of a real one. Thread-safe.
 *
 * <p>On {@link #onThreads} each bus hears on a thread of its own; on {@link #on} each is a lane of
 * a simulated world. Faults of a single connection are on {@link InMemoryBus}.
 */
public final class InMemoryBusNetwork {

  /** The loop that one bus hears on, and how to end it. */
  record Line(EventLoop loop, Runnable close) {}

  /** Held while a message is published or a subscription changes: one order for all buses. */
  final ReentrantLock order = new ReentrantLock();

  private final Function<String, Line> lines;
  private final AtomicInteger count = new AtomicInteger();
  private final List<InMemoryBus> members = new CopyOnWriteArrayList<>();
  private volatile boolean reachable = true;
  private volatile Duration latency = Duration.ZERO;
  private volatile BiPredicate<InMemoryBus, String> lost = (receiver, channel) -> false;

  private InMemoryBusNetwork(Function<String, Line> lines) {
    this.lines = lines;
  }

  /** A network within one process; each bus has a daemon thread until it is closed. */
  public static InMemoryBusNetwork onThreads() {
    return new InMemoryBusNetwork(
        name -> {
          ThreadEventLoop loop = EventLoop.singleThread(name);
          return new Line(loop, loop::close);
        });
  }

  /** A network in a simulated world. */
  public static InMemoryBusNetwork on(VirtualTime time) {
    return new InMemoryBusNetwork(
        name -> {
          SimulatedLoop loop = time.newLoop(name);
          return new Line(loop, loop::close);
        });
  }

  /** A bus on this network that keeps 10,000 publishes while it is disconnected. */
  public InMemoryBus newBus() {
    return newBus(10_000);
  }

  /**
   * A bus on this network.
   *
   * @param waitingLimit how many publishes may wait while it is disconnected
   */
  public InMemoryBus newBus(int waitingLimit) {
    return new InMemoryBus(this, lines.apply("bus-" + count.getAndIncrement()), waitingLimit);
  }

  /** Says whether {@link InMemoryBus#start} succeeds from now on. */
  public void reachable(boolean can) {
    reachable = can;
  }

  /**
   * Makes every message take so long from now on, in order still.
   *
   * @param each zero, or 1 ms or more
   */
  public void latency(Duration each) {
    latency = each;
  }

  /**
   * Loses messages in silence.
   *
   * @param which asked for each receiver and channel; true loses the message
   */
  public void lose(BiPredicate<InMemoryBus, String> which) {
    lost = which;
  }

  boolean isReachable() {
    return reachable;
  }

  void join(InMemoryBus bus) {
    members.add(bus);
  }

  void leave(InMemoryBus bus) {
    members.remove(bus);
  }

  /** Carries one message to whoever hears it and returns to how many. The order lock is held. */
  long carry(String channel, byte[] payload) {
    long takers = 0;
    for (InMemoryBus member : members) {
      if (member.hears(channel)) {
        takers++;
        if (!lost.test(member, channel)) {
          member.arrive(channel, payload, latency);
        }
      }
    }
    return takers;
  }
}
