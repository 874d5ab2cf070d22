package dev.roomcast.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a pipe tells. Called on the pipe's loop, never concurrently and never from inside a method
 * of the pipe. Implementations do not throw.
 */
public interface PipeListener {

  /**
   * Bytes came, first those that were read together with the upgrade request.
   *
   * @param borrowed from position to limit; lent until the call returns, and consumed whole; its
   *     bytes may be changed, unless it is read-only
   */
  void onBytes(ByteBuffer borrowed);

  /** The peer will send no more. Once at most. */
  void onEnd();

  /** The socket takes bytes again (W03). */
  void onWritable();

  /**
   * The connection is gone. Exactly once, and nothing follows it.
   *
   * @param cause null if it ended in order
   */
  void onClosed(@Nullable Throwable cause);
}
