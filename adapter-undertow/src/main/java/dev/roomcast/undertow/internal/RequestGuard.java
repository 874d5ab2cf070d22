package dev.roomcast.undertow.internal;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Between the socket and Undertow's HTTP parser: a request has to be there in time, and its head
 * has to be small. Undertow has a limit for the head, but answers 400; and a time-out, but from the
 * first byte on, not from the accept. And a peer has to take its answer: one that reads nothing
 * would hold the connection and full buffers for ever.
 *
 * <p>Before the upgrade one request at a time passes; after it the guard only hands bytes through.
 * Requests may end on any thread; the rest is confined to the loop.
 */
public final class RequestGuard extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private final StreamConnection connection;
  private final AnswerWatch answers;
  private final XnioLoop loop;
  private final TransportSettings settings;
  private final TimeSource time;
  private final Observer observer;

  /** Written by whoever ends a request, before reads are resumed for the next one. */
  private volatile boolean inHead = true;

  private volatile @Nullable HttpServerExchange running;
  private volatile boolean upgraded;

  /** A head was too large, and that is about to be answered. Confined to the loop. */
  private boolean refusing;

  /** Bytes of this head so far. Those that were read ahead with an earlier request do not count. */
  private int headBytes;

  // Confined to the loop.
  private long dueNanos;
  private boolean timerPending;

  private RequestGuard(StreamConnection connection, XnioLoop loop, TransportContext context) {
    super(connection.getSourceChannel().getConduit());
    this.connection = connection;
    this.loop = loop;
    this.settings = context.settings();
    this.time = context.time();
    this.observer = context.observer();
    this.answers =
        new AnswerWatch(
            connection.getSinkChannel().getConduit(), time, settings.handshakeTimeout());
  }

  /** Guards a connection that was just accepted. On its loop. */
  public static void install(StreamConnection connection, XnioLoop loop, TransportContext context) {
    RequestGuard guard = new RequestGuard(connection, loop, context);
    connection.getSourceChannel().setConduit(guard);
    connection.getSinkChannel().setConduit(guard.answers);
    guard.startTimer();
  }

  /** The head is complete. On the loop. */
  public static void requestBegins(HttpServerExchange exchange) {
    if (exchange.getConnection() instanceof HttpServerConnection http
        && http.getOriginalSourceConduit() instanceof RequestGuard guard) {
      guard.running = exchange;
      guard.inHead = false;
      exchange.addExchangeCompleteListener(
          (ended, next) -> {
            guard.requestEnds(ended);
            next.proceed();
          });
    }
  }

  private void requestEnds(HttpServerExchange exchange) {
    running = null;
    answers.end();
    if (exchange.isUpgrade()) {
      upgraded = true;
      return;
    }
    headBytes = 0;
    inHead = true;
    loop.execute(this::startTimer);
  }

  /** The time for the next request begins now. */
  private void startTimer() {
    dueNanos = time.nanoTime() + TimeUnit.NANOSECONDS.convert(settings.handshakeTimeout());
    if (!timerPending) {
      checkAfter(settings.handshakeTimeout());
    }
  }

  private void checkAfter(Duration delay) {
    timerPending = true;
    loop.after(delay, this::check);
  }

  private void check() {
    timerPending = false;
    if (upgraded || !connection.isOpen()) {
      return;
    }
    HttpServerExchange exchange = running;
    if (exchange != null && exchange.isRequestComplete()) {
      // Ours to answer, however long it takes, and the peer's to take what there is.
      if (answers.stalled()) {
        abort();
      } else {
        checkAfter(settings.handshakeTimeout());
      }
      return;
    }
    long nanosLeft = dueNanos - time.nanoTime();
    if (nanosLeft > 0) {
      checkAfter(Duration.ofNanos(nanosLeft));
    } else {
      if (inHead && headBytes > 0) {
        observer.count(Signal.CONNECTION_REFUSED);
      }
      IoUtils.safeClose(connection);
    }
  }

  /** With RST, so that the kernel lets go at once of what the peer would never take. */
  private void abort() {
    try {
      connection.setOption(Options.CLOSE_ABORT, true);
    } catch (IOException gone) {
      // It is closed already.
    }
    IoUtils.safeClose(connection);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (refusing) {
      // TLS reads on in tasks that it has queued before ours.
      return 0;
    }
    if (!inHead) {
      return next.read(target);
    }
    int room = settings.maxHandshakeBytes() - headBytes;
    if (room == 0) {
      // All of it was parsed, and the head is still not complete.
      inHead = false;
      refusing = true;
      running = null;
      // Later: the caller is about to ask for more reads.
      loop.execute(this::refuseHead);
      return 0;
    }
    int limit = target.limit();
    target.limit(Math.min(limit, target.position() + room));
    try {
      int read = next.read(target);
      headBytes += Math.max(0, read);
      return read;
    } finally {
      target.limit(limit);
    }
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    // Undertow reads heads into one buffer only; this is the way of bodies.
    return inHead ? read(targets[offset]) : next.read(targets, offset, length);
  }

  private void refuseHead() {
    refusing = false;
    observer.count(Signal.CONNECTION_REFUSED);
    String text =
        "The head of a request is limited to " + settings.maxHandshakeBytes() + " bytes.\n";
    String response =
        "HTTP/1.1 431 Request Header Fields Too Large\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Length: "
            + text.length()
            + "\r\nConnection: close\r\n\r\n"
            + text;
    try {
      // A fresh socket takes it whole; one that does not belongs to a peer that does not read.
      connection
          .getSinkChannel()
          .write(ByteBuffer.wrap(response.getBytes(StandardCharsets.US_ASCII)));
      LingeringClose.begin(connection, PipeSocket.of(connection, loop), loop);
    } catch (IOException broken) {
      IoUtils.safeClose(connection);
    }
  }
}
