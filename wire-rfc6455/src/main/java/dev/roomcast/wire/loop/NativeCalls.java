package dev.roomcast.wire.loop;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link SocketSend} calls, found by name: we compile for Java 21, and foreign functions are
 * there since 22. Thread-safe.
 *
 * @param send {@code ssize_t send(int, const void *, size_t, int)}, the pointer as a number
 * @param address where the byte at the position of a direct buffer is
 * @param descriptor a channel's, which the JDK tells nobody
 */
record NativeCalls(MethodHandle send, MethodHandle address, Method descriptor) {
  private static final Logger LOG = LoggerFactory.getLogger(SocketSend.class);

  /** Where {@code size_t} is a {@code long} and the flags of {@code send} are known. */
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");

  private static final int LEAST_JAVA = 22;

  private static final String FOREIGN = "java.lang.foreign.";

  /** Null where there is no such thing here, or it may not be used; the log tells why, once. */
  static @Nullable NativeCalls find() {
    try {
      String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
      if (ARCHITECTURES.stream().noneMatch(known -> system.equals("Linux on " + known))) {
        throw new UnsupportedOperationException(system);
      }
      if (Runtime.version().feature() < LEAST_JAVA) {
        // There as a preview, which is not what was tested.
        throw new UnsupportedOperationException("Java " + Runtime.version().feature());
      }
      requireNativeAccess();
      NativeCalls found = new NativeCalls(sendCall(), addressCall(), descriptorCall());
      LOG.debug("sockets in the clear can be written to by the system's send");
      return found;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError absent) {
      Throwable why = absent instanceof InvocationTargetException ? absent.getCause() : absent;
      LOG.debug("sockets are written to by their channels: {}", String.valueOf(why));
      return null;
    }
  }

  /** Else the JVM would warn on its error stream, or throw. */
  private static void requireNativeAccess() throws ReflectiveOperationException {
    Module ours = SocketSend.class.getModule();
    if (!(boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(ours)) {
      throw new IllegalCallerException("no --enable-native-access for " + ours);
    }
  }

  private static MethodHandle sendCall() throws ReflectiveOperationException {
    Class<?> linkerType = foreign("Linker");
    Class<?> layoutType = foreign("MemoryLayout");
    Class<?> optionType = foreign("Linker$Option");
    Object linker = linkerType.getMethod("nativeLinker").invoke(null);
    Object library = linkerType.getMethod("defaultLookup").invoke(linker);
    Optional<?> send =
        (Optional<?>)
            foreign("SymbolLookup").getMethod("find", String.class).invoke(library, "send");
    Object number = foreign("ValueLayout").getField("JAVA_INT").get(null);
    Object word = foreign("ValueLayout").getField("JAVA_LONG").get(null);
    Object parameters = Array.newInstance(layoutType, 4);
    Array.set(parameters, 0, number);
    Array.set(parameters, 1, word);
    Array.set(parameters, 2, word);
    Array.set(parameters, 3, number);
    Object signature =
        foreign("FunctionDescriptor")
            .getMethod("of", layoutType, layoutType.arrayType())
            .invoke(null, word, parameters);
    return (MethodHandle)
        linkerType
            .getMethod(
                "downcallHandle",
                foreign("MemorySegment"),
                foreign("FunctionDescriptor"),
                optionType.arrayType())
            .invoke(linker, send.orElseThrow(), signature, Array.newInstance(optionType, 0));
  }

  private static MethodHandle addressCall() throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    Class<?> segmentType = foreign("MemorySegment");
    MethodHandle ofBuffer =
        lookup.findStatic(segmentType, "ofBuffer", methodType(segmentType, Buffer.class));
    MethodHandle address = lookup.findVirtual(segmentType, "address", methodType(long.class));
    return MethodHandles.filterReturnValue(ofBuffer, address)
        .asType(methodType(long.class, ByteBuffer.class));
  }

  private static Method descriptorCall() throws ReflectiveOperationException {
    Method descriptor = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
    descriptor.setAccessible(true);
    return descriptor;
  }

  private static Class<?> foreign(String name) throws ClassNotFoundException {
    return Class.forName(FOREIGN + name);
  }

  /** {@link SocketSend#NONE} for a channel that is not the JDK's own. */
  int descriptorOf(SocketChannel channel) {
    if (!descriptor.getDeclaringClass().isInstance(channel)) {
      return SocketSend.NONE;
    }
    try {
      return (int) descriptor.invoke(channel);
    } catch (ReflectiveOperationException impossible) {
      throw unexpected(impossible);
    }
  }

  /** None of the calls throws anything that is checked. */
  static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
  }
}
