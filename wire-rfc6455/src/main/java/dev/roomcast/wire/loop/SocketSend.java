package dev.roomcast.wire.loop;

import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The system's own {@code send} for the sockets of one loop, which costs less than {@link
 * SocketChannel#write}: a fan-out waits for memory, and the channel's locks and state, different
 * ones for each member, are most of what it waits for.
 *
 * <p>A descriptor that was given back may be another socket's the next moment. The JDK gives none
 * back while the channel is registered, and a key leaves its channel after it was cancelled, when
 * its selector selects or is closed: so a key that is valid when the loop of its selector asks
 * keeps the descriptor until that loop selects again, whoever cancels it or closes the channel, in
 * whatever order. That the channel is open would not do.
 *
 * <p>Confined to its loop, but for {@link #descriptor}.
 */
public final class SocketSend {
  /** The descriptor of what can be written to by its channel only. */
  public static final int NONE = -1;

  /** {@code MSG_DONTWAIT | MSG_NOSIGNAL} of Linux, {@code include/linux/socket.h}. */
  private static final int FLAGS = 0x40 | 0x4000;

  /** A constant, for the compilers: the calls are then as direct as those of the JDK. */
  private static final @Nullable NativeCalls CALLS = NativeCalls.find();

  /** The buffer of the last call, as a rule the loop's only one, and where it begins. */
  private @Nullable ByteBuffer known;

  private long beginning;

  /**
   * What {@link #send} knows a key's channel by. Thread-safe.
   *
   * @param key null where there is none, as below TLS
   * @return {@link #NONE} unless it is a {@link SocketChannel}, and this is 64-bit Linux and Java
   *     22 or newer, started with {@code --enable-native-access} for this class's module and {@code
   *     --add-opens java.base/sun.nio.ch=} the same
   */
  public static int descriptor(@Nullable SelectionKey key) {
    return CALLS != null && key != null && key.channel() instanceof SocketChannel channel
        ? CALLS.descriptorOf(channel)
        : NONE;
  }

  /**
   * Writes what the socket takes now.
   *
   * @param key with the selector of this loop; null where there is none
   * @param descriptor its channel's
   * @param direct a direct buffer; its position moves
   * @return how many bytes were taken; 0 where none were, and then the channel's own {@code write}
   *     tells whether the socket is full or broken, or takes them after all
   */
  public int send(@Nullable SelectionKey key, int descriptor, ByteBuffer direct) {
    NativeCalls calls = CALLS;
    if (calls == null
        || key == null
        || descriptor == NONE
        || !key.isValid()
        || !locate(calls.address(), direct)) {
      return 0;
    }
    int at = direct.position();
    long taken = send(calls.send(), descriptor, beginning + at, direct.remaining());
    if (taken <= 0) {
      return 0;
    }
    direct.position(at + (int) taken);
    return (int) taken;
  }

  @SuppressWarnings("ReferenceEquality") // equal bytes are elsewhere
  private boolean locate(MethodHandle address, ByteBuffer buffer) {
    if (buffer == known) {
      return true;
    }
    if (!buffer.isDirect()) {
      // It has no address; its channel copies it.
      return false;
    }
    try {
      beginning = (long) address.invokeExact(buffer) - buffer.position();
    } catch (Throwable impossible) {
      throw NativeCalls.unexpected(impossible);
    }
    known = buffer;
    return true;
  }

  private static long send(MethodHandle call, int descriptor, long address, long bytes) {
    try {
      return (long) call.invokeExact(descriptor, address, bytes, FLAGS);
    } catch (Throwable impossible) {
      throw NativeCalls.unexpected(impossible);
    }
  }
}
