package dev.roomcast.jetty.internal;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.LoopGroup;
import dev.roomcast.wire.loop.SelectorLoop;
import dev.roomcast.wire.loop.SocketSend;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A loop with the pipes that live on it; somebody else gives it its turns. Thread-safe where the
 * port says so; the rest is confined to the loop.
 */
final class JettyLoop implements LoopGroup.Member {

  /** How much one connection reads before the others have their turn. */
  private static final int READ_BYTES = 64 * 1024;

  private final SelectorLoop turns;
  private final Set<BytePipe> pipes = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final SocketSend sockets = new SocketSend();

  JettyLoop(String name) {
    // The selector sleeps by the machine's clock, whatever a transport is told of time.
    turns = new SelectorLoop(name, TimeSource.system());
  }

  /** For who has the selector. */
  SelectorLoop turns() {
    return turns;
  }

  @Override
  public boolean inLoop() {
    return turns.inLoop();
  }

  @Override
  public boolean execute(Runnable task) {
    return turns.execute(task);
  }

  @Override
  public boolean executeAfterIo(Runnable task) {
    return turns.executeAfterIo(task);
  }

  @Override
  public void atTurnEnd(Runnable task) {
    turns.atTurnEnd(task);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    turns.after(delay, task);
  }

  /** As {@link SelectorLoop#post}. */
  boolean post(Runnable task) {
    return turns.post(task);
  }

  /** The loop's one buffer to read into. On the loop. */
  ByteBuffer readBuffer() {
    return readBuffer;
  }

  /** Writes to the sockets of its selector, if it has one of its own. On the loop. */
  SocketSend sockets() {
    return sockets;
  }

  /** A pipe lives here until {@link #remove}. On the loop. */
  void add(BytePipe pipe) {
    pipes.add(pipe);
  }

  void remove(BytePipe pipe) {
    pipes.remove(pipe);
  }

  @Override
  public CompletableFuture<Void> settled() {
    return turns.settled();
  }

  /** The selector goes on. */
  @Override
  public CompletableFuture<Void> close() {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    boolean alive =
        post(
            () -> {
              List.copyOf(pipes).forEach(BytePipe::abort);
              // Behind what the aborts have queued: a listener may still use its loop.
              post(() -> seal(ran));
            });
    if (!alive) {
      ran.complete(null);
    }
    return ran;
  }

  private void seal(CompletableFuture<Void> ran) {
    turns.close();
    post(() -> ran.complete(null));
  }

  @Override
  public String toString() {
    return turns.toString();
  }
}
