package dev.roomcast.jetty.internal;

import dev.roomcast.wire.LoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loops on daemon threads of our own, for connections whose sockets somebody else selects. {@link
 * #next} may be called on any thread once they run; start and end are guarded by the transport.
 */
public final class LoopThreads {
  private static final Logger LOG = LoggerFactory.getLogger(LoopThreads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final LoopGroup group;
  private final int count;
  private final AtomicInteger turn = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile List<JettyLoop> loops = List.of();

  /**
   * Threads that do not run yet.
   *
   * @param name what the threads' names begin with
   * @param group each loop is added to
   * @param count how many, 1 or more
   */
  public LoopThreads(String name, LoopGroup group, int count) {
    this.name = name;
    this.group = group;
    this.count = count;
  }

  /** Starts them. Once. */
  public void start() {
    List<JettyLoop> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JettyLoop loop = group.add(new JettyLoop(name + " loop-" + i));
      Selector selector = open();
      threads.add(
          Thread.ofPlatform()
              .name(loop.toString())
              .daemon()
              .start(() -> loop.turns().run(selector)));
      running.add(loop);
    }
    loops = List.copyOf(running);
  }

  private static Selector open() {
    try {
      return Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no selector", e);
    }
  }

  /** One loop after the other. */
  JettyLoop next() {
    List<JettyLoop> all = loops;
    return all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
  }

  /** Returns when the threads of closed loops have ended, or one has been blocked for 5 seconds. */
  public void join() {
    try {
      for (Thread thread : threads) {
        if (thread != Thread.currentThread() && !thread.join(PATIENCE)) {
          LOG.warn("{} is blocked and ends later", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
