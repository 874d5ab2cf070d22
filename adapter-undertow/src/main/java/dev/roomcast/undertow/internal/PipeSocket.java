package dev.roomcast.undertow.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.ssl.SslConnection;

/**
 * The bytes of a connection of XNIO, as they are or through TLS. Calls nobody from inside a method.
 * Confined to its loop.
 */
sealed interface PipeSocket permits PlainSocket, TlsSocket {

  /** Takes a connection over from whatever read and wrote it before; nobody is called yet. */
  static PipeSocket of(StreamConnection connection, XnioLoop loop) {
    return connection instanceof SslConnection secured
        ? new TlsSocket(secured, loop)
        : new PlainSocket(connection);
  }

  /**
   * The key of the channel that writes go to as they are; null if there is something in between.
   */
  @Nullable SelectionKey key();

  /**
   * Says whom to call from now on.
   *
   * @param readable while reads are resumed and there is something to read, or the end
   * @param writable while writes are resumed and the socket takes bytes
   */
  void listen(Runnable readable, Runnable writable);

  /**
   * Reads what there is now, or as much of it as there is room for.
   *
   * @return how many bytes, -1 at the end of the stream
   */
  int read(ByteBuffer into) throws IOException;

  /**
   * Writes what is taken now.
   *
   * @param direct a direct buffer; its position moves
   * @return how many bytes were taken, 0 or more
   */
  int write(ByteBuffer direct) throws IOException;

  /**
   * Sends on what was taken and not sent.
   *
   * @return whether nothing of it is left
   */
  boolean flush() throws IOException;

  /** Announces that nothing more will be written; {@link #flush} takes it to the peer. */
  void shutdownWrites() throws IOException;

  void resumeReads();

  void suspendReads();

  void resumeWrites();

  void suspendWrites();
}
