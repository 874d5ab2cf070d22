package dev.roomcast.undertow.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.ChannelPipe;
import org.xnio.IoUtils;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * Calls back once the thread has selected, and served what was ready. Confined to the thread.
 *
 * <p>XNIO has no call for this: {@code execute} runs tasks until none is left before it selects,
 * and a timer waits a millisecond. So a pipe with one byte in it that nobody ever reads is always
 * readable; asking for reads makes the next select return at once and report it among the rest.
 * While one round asks for the next the interest never changes, and a round costs no system call
 * but the select.
 */
final class NextSelect {
  private final ChannelPipe<StreamSourceChannel, StreamSinkChannel> alwaysReadable;

  /**
   * @param passed runs on the thread, after everything that the same select reported
   */
  NextSelect(XnioIoThread thread, Runnable passed) throws IOException {
    alwaysReadable = thread.createHalfDuplexPipe();
    alwaysReadable
        .getLeftSide()
        .getReadSetter()
        .set(
            source -> {
              source.suspendReads();
              thread.execute(passed);
            });
    alwaysReadable.getRightSide().write(ByteBuffer.allocate(1));
  }

  void ask() {
    alwaysReadable.getLeftSide().resumeReads();
  }

  void close() {
    IoUtils.safeClose(alwaysReadable.getLeftSide());
    IoUtils.safeClose(alwaysReadable.getRightSide());
  }
}
