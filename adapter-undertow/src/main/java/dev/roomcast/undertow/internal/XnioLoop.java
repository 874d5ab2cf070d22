package dev.roomcast.undertow.internal;

import dev.roomcast.wire.LoopGroup;
import dev.roomcast.wire.loop.SocketSend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;

/**
 * An I/O thread of XNIO as the loop of its connections.
 *
 * <p>A turn of XNIO runs tasks and due timers until none is left, selects, and serves what was
 * ready. Thread-safe where the port says so; the rest is confined to the thread.
 */
public final class XnioLoop implements LoopGroup.Member {

  /**
   * How much one connection reads before the others have their turn; what is left makes the next
   * select report it again.
   */
  private static final int READ_BYTES = 64 * 1024;

  private final XnioIoThread thread;
  private final NextSelect nextSelect;
  private final Object gate = new Object();

  /** Written on the thread with the gate held; read on the thread or with the gate held. */
  private boolean closed;

  // Confined to the thread.
  private final Queue<Runnable> afterIo = new ArrayDeque<>();
  private final Set<XnioPipe> pipes = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean endingTurn;
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final SocketSend sockets = new SocketSend();

  XnioLoop(XnioIoThread thread) {
    this.thread = thread;
    try {
      nextSelect = new NextSelect(thread, this::runAfterIo);
    } catch (IOException e) {
      throw new UncheckedIOException("no pipe for " + thread.getName(), e);
    }
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public boolean execute(Runnable task) {
    if (inLoop()) {
      return !closed && post(task);
    }
    // Without the gate a task could be accepted after the loop has run its last one.
    synchronized (gate) {
      return !closed && post(task);
    }
  }

  @Override
  public boolean executeAfterIo(Runnable task) {
    if (closed) {
      return false;
    }
    afterIo.add(task);
    nextSelect.ask();
    return true;
  }

  /** What these tasks ask for in turn waits for the select after. */
  private void runAfterIo() {
    for (int left = afterIo.size(); left > 0; left--) {
      // Through XNIO's queue, so that one that throws is logged there and the rest still run.
      post(afterIo.remove());
    }
  }

  @Override
  public void atTurnEnd(Runnable task) {
    if (endingTurn) {
      executeAfterIo(() -> runAtTurnEnd(task));
    } else {
      // Behind what is queued; what is ready was selected before and is served first.
      post(() -> runAtTurnEnd(task));
    }
  }

  private void runAtTurnEnd(Runnable task) {
    endingTurn = true;
    try {
      task.run();
    } finally {
      endingTurn = false;
    }
  }

  @Override
  public void after(Duration delay, Runnable task) {
    // XNIO takes whole milliseconds and cuts off the rest: rounded up, so that none fires early.
    long nanos = Math.max(1, TimeUnit.NANOSECONDS.convert(delay));
    long millis = (nanos - 1) / 1_000_000 + 1;
    try {
      thread.executeAfter(() -> fire(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ended) {
      // Timers of a closed loop do not run.
    }
  }

  private void fire(Runnable task) {
    if (!closed) {
      task.run();
    }
  }

  /**
   * Queues a task without regard to {@link #close}.
   *
   * @return false if XNIO's thread is ending
   */
  boolean post(Runnable task) {
    try {
      thread.execute(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    }
  }

  /** The thread's one buffer to read into, empty. On the thread. */
  ByteBuffer readBuffer() {
    return readBuffer.clear();
  }

  /** Writes to the sockets of its pipes. On the thread. */
  SocketSend sockets() {
    return sockets;
  }

  /** A pipe lives here until {@link #remove}. On the thread. */
  void add(XnioPipe pipe) {
    pipes.add(pipe);
  }

  void remove(XnioPipe pipe) {
    pipes.remove(pipe);
  }

  @Override
  public CompletableFuture<Void> settled() {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    if (!post(() -> settled.complete(null))) {
      settled.complete(null);
    }
    return settled;
  }

  /** The thread goes on. */
  @Override
  public CompletableFuture<Void> close() {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    boolean alive =
        post(
            () -> {
              List.copyOf(pipes).forEach(XnioPipe::abort);
              // Behind what the aborts have queued: a listener may still use its loop.
              post(() -> seal(ran));
            });
    if (!alive) {
      ran.complete(null);
    }
    return ran;
  }

  private void seal(CompletableFuture<Void> ran) {
    synchronized (gate) {
      closed = true;
    }
    runAfterIo();
    nextSelect.close();
    post(() -> ran.complete(null));
  }

  /** The thread's name. */
  @Override
  public String toString() {
    return thread.getName();
  }
}
