package dev.roomcast.jetty.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** How the bytes of an upgraded connection pass its socket. Never blocks. Confined to its loop. */
interface SocketBytes {

  /**
   * The key of the channel that writes go to as they are; null if there is something in between.
   */
  @Nullable SelectionKey key();

  /**
   * Reads what there is.
   *
   * @param into emptied first; afterwards the bytes are from its position to its limit
   * @return how many; -1 at the end of the stream
   */
  int read(ByteBuffer into) throws IOException;

  /**
   * Writes what is taken now, and moves the buffer's position.
   *
   * @return how many bytes were taken
   */
  int write(ByteBuffer from) throws IOException;

  /** Whether something was taken that has not left yet. */
  boolean holds();

  /** Sends on what is held, as far as the socket takes it. */
  void flush() throws IOException;

  /**
   * Whether nothing can be read, whatever the socket has, before what is held has left: TLS has to
   * send an answer of its own first.
   */
  boolean readsAfterFlush();

  /** Whether there may be bytes to read that the socket does not announce. */
  boolean mayHoldInput();

  /** Says to the peer that no more comes, after what was written. */
  void endOutput() throws IOException;

  /** Closes the socket at once. */
  void close();
}
