package dev.roomcast.wire.http;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides between a socket and a library's HTTP parser: a request has to be there in time, its head
 * has to be small, and a peer has to take its answer, or it would hold the connection and full
 * buffers for ever. After the upgrade it has nothing to say.
 *
 * <p>One request at a time passes, which happens before the next one; each of its steps may be on
 * another thread. The checks of time are on the loop.
 */
public final class RequestGuard {

  /** The connection that is guarded. Called on the loop. */
  public interface Guarded {
    /** Whether it has not ended; any answer is right once it has. */
    boolean isOpen();

    /** Ends it at once. */
    void close();

    /**
     * Ends it at once with RST, so that the kernel lets go of what the peer would never take (RFC
     * 9293 section 3.10.5).
     */
    void abort();

    /**
     * Sends an answer and no byte more, and reads and discards until the peer has ended the stream
     * too. The HTTP parser gets none of it. The guard closes what takes too long.
     */
    void refuse(ByteBuffer answer);
  }

  private final Guarded connection;
  private final EventLoop loop;
  private final TransportSettings settings;
  private final TimeSource time;
  private final Observer observer;
  private final AnswerWatch answers;

  private enum State {
    HEAD,
    REQUEST,
    /** The head is too large; nobody has said so yet. */
    REFUSING,
    REFUSED,
    UPGRADED
  }

  private volatile State state = State.HEAD;

  /** Bytes of this head so far. Those that were read ahead with an earlier request do not count. */
  private volatile int headBytes;

  /** Whether the request that is being answered was read whole; null while there is none. */
  private volatile @Nullable BooleanSupplier whole;

  private volatile long dueNanos;

  public RequestGuard(Guarded connection, EventLoop loop, TransportContext context) {
    this.connection = connection;
    this.loop = loop;
    settings = context.settings();
    time = context.time();
    observer = context.observer();
    answers = new AnswerWatch(time, settings.handshakeTimeout());
  }

  /** The connection was accepted. Once, any thread. */
  public void start() {
    nextRequestIsDue();
    checkAfter(settings.handshakeTimeout());
  }

  /**
   * How many bytes may be read now. 0: the head is too large and will be refused; who reads says
   * that nothing was there.
   */
  public int room() {
    return switch (state) {
      case HEAD -> roomInHead();
      case REFUSING -> 0;
      case REQUEST, REFUSED, UPGRADED -> Integer.MAX_VALUE;
    };
  }

  private int roomInHead() {
    int room = settings.maxHandshakeBytes() - headBytes;
    if (room == 0) {
      // All of it was parsed, and the head is still not complete.
      state = State.REFUSING;
      // Later: the caller is about to ask for more reads.
      boolean unused = loop.execute(this::refuseHead);
    }
    return room;
  }

  /** So many bytes were read, {@link #room()} at most; none and an end of the stream count 0. */
  public void read(int bytes) {
    if (state == State.HEAD && bytes > 0) {
      // Nobody else writes it at this time.
      int before = headBytes;
      headBytes = before + bytes;
    }
  }

  /**
   * The head is complete.
   *
   * @param readWhole whether the body was read too; asked on the loop
   */
  public void requestBegins(BooleanSupplier readWhole) {
    whole = readWhole;
    state = State.REQUEST;
  }

  /** So many bytes of an answer were written, any thread; {@code all}: nothing of it waits. */
  public void wrote(long bytes, boolean all) {
    answers.took(bytes, all);
  }

  /** TLS holds bytes of an answer that its socket does not take, or no longer; any thread. */
  public void holds(boolean something) {
    answers.holds(something);
  }

  /** The socket took some of what TLS holds; any thread. */
  public void tookSomeHeld() {
    answers.tookSome();
  }

  /** The request is answered, or given up; called before the next one is read. */
  public void requestEnds() {
    // First: a check that sees no request has to see when the next one is due.
    nextRequestIsDue();
    whole = null;
    answers.end();
    headBytes = 0;
    state = State.HEAD;
  }

  /** The request was an upgrade: nothing is guarded any more. */
  public void upgraded() {
    state = State.UPGRADED;
    whole = null;
  }

  /** Whether the next bytes belong to the head of a request. */
  public boolean inHead() {
    return state == State.HEAD;
  }

  /** Whether {@link Guarded#refuse} was called or is about to be. */
  public boolean refused() {
    return state == State.REFUSING || state == State.REFUSED;
  }

  /** One check is always on its way: the next one finds out how much of this time is left. */
  private void nextRequestIsDue() {
    dueNanos = time.nanoTime() + TimeUnit.NANOSECONDS.convert(settings.handshakeTimeout());
  }

  private void checkAfter(Duration delay) {
    loop.after(delay, this::check);
  }

  private void check() {
    if (state == State.UPGRADED || !connection.isOpen()) {
      return;
    }
    BooleanSupplier request = whole;
    if (request != null && request.getAsBoolean()) {
      // Ours to answer, however long it takes, and the peer's to take what there is.
      if (answers.stalled()) {
        connection.abort();
      } else {
        checkAfter(settings.handshakeTimeout());
      }
      return;
    }
    long nanosLeft = dueNanos - time.nanoTime();
    if (nanosLeft > 0) {
      checkAfter(Duration.ofNanos(Math.max(1_000_000, nanosLeft)));
    } else {
      if (state == State.HEAD && headBytes > 0) {
        observer.count(Signal.CONNECTION_REFUSED);
      }
      connection.close();
    }
  }

  private void refuseHead() {
    if (!connection.isOpen()) {
      return;
    }
    state = State.REFUSED;
    observer.count(Signal.CONNECTION_REFUSED);
    String text =
        "The head of a request is limited to " + settings.maxHandshakeBytes() + " bytes.\n";
    String answer =
        "HTTP/1.1 431 Request Header Fields Too Large\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Length: "
            + text.length()
            + "\r\nConnection: close\r\n\r\n"
            + text;
    connection.refuse(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
  }
}
