package dev.roomcast.server;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.transport.TransportException;
import dev.roomcast.server.config.EmitConfig;
import dev.roomcast.server.config.Given;
import dev.roomcast.server.config.LogConfig;
import dev.roomcast.server.config.ServeConfig;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process. Exit codes: 0 after a signal, 1 if it cannot listen, reach Redis or end in order, 2
 * for a wrong command line or configuration, 3 if the JVM itself is broken.
 */
public final class Main {
  private static final int FAILED = 1;

  /** As the JVM has it for {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int BROKEN = 3;

  /** On top of {@code closeTimeout}: hooks have a second, the transport's threads ten. */
  private static final Duration GRACE = Duration.ofSeconds(12);

  private Main() {}

  /** Runs the command line and ends the process. */
  public static void main(String[] arguments) {
    PrintWriter out = writer(System.out);
    PrintWriter err = writer(System.err);
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught(thread, thrown, err));
    System.exit(
        Cli.run(
            arguments,
            System.getenv(),
            out,
            err,
            given -> serve(given, out, err),
            given -> emit(given, out, err)));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, /* autoFlush= */ true, stream.charset());
  }

  private static int serve(Given given, PrintWriter out, PrintWriter err) {
    Logging.configure(LogConfig.of(given));
    // Before the rest, which may be wrong because of them.
    given.strayVariables().forEach(LoggerFactory.getLogger(Main.class)::warn);
    ServeConfig config = ServeConfig.of(given);
    Signals signals = Signals.listen();
    RunningServer server;
    try {
      server = RunningServer.start(config);
    } catch (TransportException | BusException cannotStart) {
      err.println("roomcast: " + cannotStart.getMessage());
      return FAILED;
    }
    if (config.logins().anyName()) {
      err.println(
          """
          roomcast: DEVELOPMENT MODE. Anybody who reaches this port is let in under any name.
          roomcast: It listens on loopback only. To serve others, give --tokens FILE.\
          """);
    }
    out.println("roomcast ready at " + server.page() + " (WebSocket " + server.webSocket() + ")");
    try {
      signals.await();
      return stop(server, config);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static int emit(Given given, PrintWriter out, PrintWriter err) {
    // What fails is told by the one line that this ends with.
    Logging.configure(new LogConfig("text", "ERROR"));
    given.strayVariables().forEach(stray -> err.println("roomcast: " + stray));
    Codec codec = JacksonCodec.create();
    EmitConfig config = EmitConfig.of(given, codec.mapper());
    try {
      out.println("taken by " + Emission.send(config, codec));
      return 0;
    } catch (BusException failed) {
      err.println("roomcast: " + failed.getMessage());
      return FAILED;
    }
  }

  private static int stop(RunningServer server, ServeConfig config) throws InterruptedException {
    Logger log = LoggerFactory.getLogger(Main.class);
    log.info("stopping; a second signal ends at once");
    Duration atMost = config.options().sessions().closeTimeout().plus(GRACE);
    try {
      server.shutdown().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return 0;
    } catch (TimeoutException tooSlow) {
      log.error("the server did not end within {} s and is cut off", atMost.toSeconds());
      return FAILED;
    } catch (ExecutionException failed) {
      log.error("the server did not end in order", failed);
      return FAILED;
    }
  }

  private static void uncaught(Thread thread, Throwable thrown, PrintWriter err) {
    if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
      // Nothing that needs memory or stack can be relied on any more.
      err.println("roomcast: the JVM is broken, ending: " + thrown);
      Runtime.getRuntime().halt(BROKEN);
    }
    LoggerFactory.getLogger(Main.class).error("uncaught in {}", thread.getName(), thrown);
  }
}
