package dev.roomcast.simulation.pipe;

import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A pipe and what it told. Any thread; what is done with the pipe is done on its loop. */
final class HeardPipe implements PipeListener {
  private static final long PATIENCE_SECONDS = 20;

  private final BytePipe pipe;
  private final List<String> events = new CopyOnWriteArrayList<>();
  private volatile long bytes;
  private volatile long writables;

  /** Confined to the loop. */
  private boolean inMethod;

  HeardPipe(BytePipe pipe) {
    this.pipe = pipe;
  }

  @Override
  public void onBytes(ByteBuffer borrowed) {
    alone();
    long before = bytes;
    bytes = before + borrowed.remaining();
    borrowed.position(borrowed.limit());
  }

  @Override
  public void onEnd() {
    tell("end");
  }

  @Override
  public void onWritable() {
    alone();
    long before = writables;
    writables = before + 1;
  }

  @Override
  public void onClosed(@Nullable Throwable cause) {
    tell("closed");
  }

  private void tell(String event) {
    alone();
    events.add(event);
  }

  private void alone() {
    if (inMethod || !pipe.loop().inLoop()) {
      events.add("told inside a method of the pipe, or off its loop");
    }
  }

  /** The end of the stream and of the connection, and what must not be. */
  List<String> events() {
    return events;
  }

  /** How many bytes came. */
  long bytes() {
    return bytes;
  }

  /** How often it was told that it may write. */
  long writables() {
    return writables;
  }

  /** Calls methods of the pipe on its loop. */
  <T> T ask(Supplier<T> calls) {
    return CompletableFuture.supplyAsync(
            () -> {
              inMethod = true;
              try {
                return calls.get();
              } finally {
                inMethod = false;
              }
            },
            task -> {
              if (!pipe.loop().execute(task)) {
                throw new AssertionError("the loop is closed");
              }
            })
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  void run(Runnable calls) {
    ask(
        () -> {
          calls.run();
          return true;
        });
  }

  BytePipe pipe() {
    return pipe;
  }
}
