package dev.roomcast.server;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the signal to stop. Shutdown hooks cannot serve: a JVM that ends by a signal has an
 * exit code that is not 0, and is deaf to a second one. Thread-safe.
 */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final List<String> STOP = List.of("TERM", "INT", "HUP");

  /** Exit code of a process that ends at once because it was asked twice. */
  private static final int IMPATIENT = 1;

  private final CountDownLatch stop = new CountDownLatch(1);

  private Signals() {}

  /** Listens from now on. */
  static Signals listen() {
    Signals signals = new Signals();
    STOP.forEach(signals::handle);
    return signals;
  }

  /**
   * Through reflection, since javac warns of {@code sun.misc.Signal} and lets nobody suppress it;
   * the module jdk.unsupported exports it to everybody.
   */
  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  received();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    } catch (ReflectiveOperationException unavailable) {
      // Such as HUP on Windows, or with -Xrs: then the JVM ends as it always does.
      LOG.debug("signal {} is not handled", name, unavailable);
    }
  }

  private void received() {
    if (stop.getCount() == 0) {
      Runtime.getRuntime().halt(IMPATIENT);
    }
    stop.countDown();
  }

  /** Returns when the first signal came. */
  void await() throws InterruptedException {
    stop.await();
  }
}
