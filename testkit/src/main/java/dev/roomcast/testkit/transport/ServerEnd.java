package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.Pending;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The core's end of a real connection during a contract test: writes down what it is told, and
 * watches that it is told as the port promises. Lists are written on the loop and read by the test,
 * with the object's monitor held.
 */
final class ServerEnd implements ConnectionListener {
  private final WatchedConnection connection;
  private final Consumer<String> violations;
  private final long patienceMillis;
  private final AtomicBoolean inCallback = new AtomicBoolean();
  private final List<String> messages = new ArrayList<>();
  private final List<MessageKind> kinds = new ArrayList<>();
  private final List<Backpressure> levels = new ArrayList<>();
  private final List<CloseStatus> closings = new ArrayList<>();
  private final List<CloseStatus> closes = new ArrayList<>();
  private long lost;
  private boolean closeCalled;
  private volatile BiConsumer<Connection, String> onMessage = (to, text) -> {};
  private volatile Consumer<Connection> onClosing = to -> {};

  ServerEnd(Connection real, Consumer<String> violations, long patienceMillis) {
    this.connection = new WatchedConnection(real);
    this.violations = violations;
    this.patienceMillis = patienceMillis;
  }

  Connection connection() {
    return connection;
  }

  /** Runs inside each onMessage from now on, after the message was written down. */
  void onMessage(BiConsumer<Connection, String> reaction) {
    onMessage = reaction;
  }

  /** Runs inside onClosing. */
  void onClosing(Consumer<Connection> reaction) {
    onClosing = reaction;
  }

  /** Runs a task on the loop and waits for it. */
  void run(Consumer<Connection> task) {
    var unused =
        ask(
            to -> {
              task.accept(to);
              return true;
            });
  }

  /** Runs a task on the loop and waits for its result. */
  <T> T ask(Function<Connection, T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    boolean accepted =
        connection
            .loop()
            .execute(
                () -> {
                  try {
                    result.complete(task.apply(connection));
                  } catch (RuntimeException | Error thrown) {
                    result.completeExceptionally(thrown);
                  }
                });
    if (!accepted) {
      throw new AssertionError("the loop is closed");
    }
    try {
      return result.get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException thrown) {
      throw new AssertionError(thrown.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("the loop did not run a task in time", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  synchronized int messageCount() {
    return messages.size();
  }

  synchronized List<MessageKind> kinds() {
    return List.copyOf(kinds);
  }

  synchronized List<Backpressure> levels() {
    return List.copyOf(levels);
  }

  /** Each onClosing; one at most if all is well. */
  synchronized List<CloseStatus> closings() {
    return List.copyOf(closings);
  }

  /** Each onClosed; one in the end if all is well. */
  synchronized List<CloseStatus> closes() {
    return List.copyOf(closes);
  }

  synchronized long lost() {
    return lost;
  }

  @Override
  public void onMessage(MessageKind kind, ByteBuffer payload) {
    callback(
        "onMessage",
        () -> {
          String text = StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
          synchronized (this) {
            messages.add(text);
            kinds.add(kind);
            check(messages.size() <= connection.demanded, "C03: a message without demand");
            check(closings.isEmpty(), "C06: a message after onClosing");
            check(!closeCalled, "C06: a message after close");
          }
          onMessage.accept(connection, text);
        });
  }

  @Override
  public void onBackpressure(Backpressure level) {
    callback(
        "onBackpressure",
        () -> {
          synchronized (this) {
            Backpressure before = levels.isEmpty() ? Backpressure.CLEAR : levels.getLast();
            check(level != before, "onBackpressure without a change: " + level);
            check(!closeCalled, "C06: onBackpressure after close");
            levels.add(level);
          }
        });
  }

  @Override
  public void onClosing(CloseStatus status) {
    callback(
        "onClosing",
        () -> {
          synchronized (this) {
            check(!closeCalled, "C06: onClosing after close");
            check(closings.isEmpty(), "onClosing twice");
            closings.add(status);
          }
          onClosing.accept(connection);
        });
  }

  @Override
  public void onClosed(CloseStatus status, long lostMessages) {
    callback(
        "onClosed",
        () -> {
          synchronized (this) {
            closes.add(status);
            lost = lostMessages;
          }
        });
  }

  void opening(boolean now) {
    connection.opening = now;
  }

  private void callback(String name, Runnable body) {
    check(inCallback.compareAndSet(false, true), "L01: " + name + " during another callback");
    check(connection.loop().inLoop(), "L01: " + name + " off the loop");
    check(!connection.opening, "T02: " + name + " before opened() returned");
    check(connection.running == null, "C02: " + name + " inside " + connection.running);
    check(closes().isEmpty(), name + " after onClosed");
    try {
      body.run();
    } finally {
      inCallback.set(false);
    }
  }

  private void check(boolean holds, String rule) {
    if (!holds) {
      violations.accept(rule);
    }
  }

  /** Knows which method is running and what was demanded. Confined to the loop. */
  private final class WatchedConnection extends DelegatingConnection {
    private volatile boolean opening;
    private volatile long demanded;
    private @Nullable String running;

    WatchedConnection(Connection real) {
      super(real);
    }

    @Override
    void call(String method, Runnable body) {
      running = method;
      try {
        body.run();
      } finally {
        running = null;
      }
    }

    @Override
    public void demand(int messages) {
      addDemand(messages);
      super.demand(messages);
    }

    @Override
    public void close(CloseStatus status, Pending pending) {
      super.close(status, pending);
      synchronized (ServerEnd.this) {
        closeCalled = true;
      }
    }

    // Only the loop writes.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void addDemand(int messages) {
      demanded += messages;
    }
  }
}
