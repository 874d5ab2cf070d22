package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.hub.TransformWindow;
import dev.roomcast.core.internal.model.Deadlines.Deadline;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Sends every message through the application's transformer, one at a time and in order. What
 * cannot be transformed is dropped and ends the session: never plaintext. Confined to its loop.
 */
final class TransformedOutbox implements Outbox {
  /** A transformation that runs longer no longer counts against the limit of a server. */
  private static final Duration SLOW = Duration.ofMillis(100);

  /** Of {@code closeTimeout}, this part is left for the close frame and its answer. */
  private static final int CLOSING_PART = 5;

  private record Waiting(OutboundMessage message, Flush flush) {
    int weight() {
      return message.size() + Command.SEND_OVERHEAD_BYTES;
    }
  }

  private record Ending(CloseStatus status) {}

  private final Session session;
  private final Connection connection;
  private final ServerContext context;
  private final Transformation transformation;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean running;
  private boolean over;
  private @Nullable Ending ending;
  private @Nullable Deadline<Runnable> timeout;
  private @Nullable Deadline<Runnable> cut;

  TransformedOutbox(Session session, Connection connection, ServerContext context) {
    this.session = session;
    this.connection = connection;
    this.context = context;
    transformation = new Transformation(context);
  }

  @Override
  public boolean send(OutboundMessage message, Flush flush) {
    Waiting last = new Waiting(message, flush);
    waiting.add(last);
    waitingBytes += last.weight();
    next();
    return true;
  }

  @Override
  public void close(CloseStatus status, Pending pending) {
    if (pending == Pending.DISCARD || (waiting.isEmpty() && !running)) {
      drop();
      connection.close(status, pending);
      return;
    }
    ending = new Ending(status);
    Duration atMost = context.options().sessions().closeTimeout();
    Duration transforming = atMost.minus(atMost.dividedBy(CLOSING_PART));
    var unused = session.shard().after(transforming, () -> giveUp(status));
    // The connection counts from its own close on, and that comes late.
    cut = session.shard().after(atMost, connection::abort);
  }

  private void giveUp(CloseStatus status) {
    if (!over) {
      drop();
      connection.close(status, Pending.DISCARD);
    }
  }

  @Override
  public long waitingBytes() {
    return waitingBytes;
  }

  @Override
  public void abandon() {
    drop();
    if (cut != null) {
      session.shard().cancel(cut);
    }
  }

  private void drop() {
    if (!over && !waiting.isEmpty()) {
      context.observer().count(Signal.MESSAGE_DROPPED_CLOSED, waiting.size());
    }
    over = true;
    waiting.clear();
    waitingBytes = 0;
  }

  private void next() {
    if (over || running) {
      return;
    }
    Waiting head = waiting.peek();
    if (head == null) {
      if (ending != null) {
        over = true;
        connection.close(ending.status(), Pending.FLUSH);
      }
      return;
    }
    running = true;
    context
        .transforms()
        .enter(slot -> session.shard().submit(new Command.Continue(() -> begin(head, slot))));
  }

  private void begin(Waiting head, TransformWindow.Slot slot) {
    if (over) {
      slot.leave();
      return;
    }
    Deadline<Runnable> slow = session.shard().after(SLOW, slot::leave);
    timeout =
        session
            .shard()
            .after(context.options().sessions().transformTimeout(), () -> failed("took too long"));
    transformation.run(
        session.snapshot(),
        head.message(),
        result ->
            session
                .shard()
                .submit(
                    new Command.Continue(
                        () -> {
                          slot.leave();
                          session.shard().cancel(slow);
                          ended(head, result);
                        })));
  }

  private void ended(Waiting head, Transformation.Result result) {
    if (over) {
      return;
    }
    if (timeout != null) {
      session.shard().cancel(timeout);
    }
    switch (result) {
      case Transformation.Result.Ready(OutboundMessage message) -> {
        waiting.remove();
        waitingBytes -= head.weight();
        running = false;
        connection.send(message.plain(), head.flush());
        next();
      }
      case Transformation.Result.Failed(String reason) -> failed(reason);
    }
  }

  private void failed(String reason) {
    if (over) {
      return;
    }
    context.observer().count(Signal.MESSAGE_DROPPED_UNENCRYPTED);
    waiting.remove();
    @Nullable Ending asked = ending;
    running = false; // whatever it still yields is dropped
    drop();
    if (asked != null) {
      connection.close(asked.status(), Pending.FLUSH);
    } else {
      session.encryptionFailed(reason);
    }
  }
}
