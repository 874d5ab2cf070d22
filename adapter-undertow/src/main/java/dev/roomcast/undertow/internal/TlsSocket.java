package dev.roomcast.undertow.internal;

import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.ssl.SslConnection;

/**
 * A socket through Undertow's TLS, which differs from a plain one in three ways: a call reads or
 * writes one record, however many there are; it may take a record that the socket does not, so that
 * {@link #flush} has work to do; and what it has decrypted or not looked at yet no select reports.
 *
 * <p>For the last it calls its reader again and again as a task of the thread, and XNIO does not
 * select before the last task: a peer that never stops sending would have the loop for itself. So
 * reads are suspended while the reader runs, and it goes on after the next look at I/O.
 */
final class TlsSocket implements PipeSocket {

  /** The largest content of a record (RFC 8446 section 5.1); less room costs a copy. */
  private static final int RECORD_BYTES = 16 * 1024;

  private final SslConnection connection;
  private final XnioLoop loop;
  private final ConduitStreamSourceChannel source;
  private final ConduitStreamSinkChannel sink;

  private Runnable readable = () -> {};
  private boolean readsResumed;

  /** Inside {@link #serve}, which decides at its end how to go on. */
  private boolean serving;

  /** A task is queued that serves. */
  private boolean scheduled;

  /** There may be more to read, of which no select knows. */
  private boolean more;

  /** What ended the stream behind the bytes that came with it. */
  private boolean ended;

  private @Nullable IOException broken;

  /** Null where the protocol has no second handshake (RFC 8446 section 4.1.2). */
  private final @Nullable SSLEngine renegotiable;

  TlsSocket(SslConnection connection, XnioLoop loop) {
    this.connection = connection;
    this.loop = loop;
    source = connection.getSourceChannel();
    sink = connection.getSinkChannel();
    source.suspendReads();
    sink.suspendWrites();
    SSLEngine engine = UndertowXnioSsl.getSslEngine(connection);
    renegotiable = engine.getSession().getProtocol().equals("TLSv1.3") ? null : engine;
  }

  @Override
  public @Nullable SelectionKey key() {
    return null;
  }

  @Override
  public void listen(Runnable toReadable, Runnable writable) {
    readable = toReadable;
    source.setReadListener(ready -> serve());
    sink.setWriteListener(ready -> writable.run());
  }

  private void serve() {
    source.suspendReads();
    if (!readsResumed || scheduled) {
      return;
    }
    serving = true;
    try {
      readable.run();
    } finally {
      serving = false;
      goOn();
    }
  }

  private void goOn() {
    if (!readsResumed || scheduled || serving || !connection.isOpen()) {
      return;
    }
    if (more) {
      scheduled =
          loop.executeAfterIo(
              () -> {
                scheduled = false;
                serve();
              });
    } else {
      // Where bytes came together with the request, this also wakes the reader once for them.
      source.resumeReads();
    }
  }

  @Override
  public void resumeReads() {
    readsResumed = true;
    goOn();
  }

  @Override
  public void suspendReads() {
    readsResumed = false;
    source.suspendReads();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (broken != null) {
      throw broken;
    }
    int before = into.position();
    more = false;
    while (!ended && !more) {
      more = into.remaining() < RECORD_BYTES;
      if (!more && readRecord(into, before) == 0) {
        break;
      }
    }
    int read = into.position() - before;
    return read == 0 && ended ? -1 : read;
  }

  /** An end or a fault behind bytes is kept until they were delivered, as a socket does. */
  private int readRecord(ByteBuffer into, int before) throws IOException {
    try {
      int read = source.read(into);
      if (read == 0 && renegotiable != null && renegotiable.getHandshakeSession() != null) {
        // Each costs as much as a connection, and no limit counts it.
        throw new SSLException("the peer begins another handshake");
      }
      ended = read < 0;
      more = ended && into.position() > before;
      return read;
    } catch (IOException fault) {
      if (into.position() == before) {
        throw fault;
      }
      broken = fault;
      more = true;
      return 0;
    }
  }

  @Override
  public int write(ByteBuffer direct) throws IOException {
    int before = direct.position();
    int at;
    do {
      at = direct.position();
      // Not its result: a record that the engine took can be reported as nothing.
      sink.write(direct);
    } while (direct.hasRemaining() && direct.position() > at);
    return direct.position() - before;
  }

  @Override
  public boolean flush() throws IOException {
    return sink.flush();
  }

  @Override
  public void shutdownWrites() throws IOException {
    sink.shutdownWrites();
  }

  @Override
  public void resumeWrites() {
    sink.resumeWrites();
  }

  @Override
  public void suspendWrites() {
    sink.suspendWrites();
  }
}
