package dev.roomcast.testkit.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code redis-server} of a test, on loopback and without files; it can be killed, started again
 * on the same port, frozen and thawed. Ends with the JVM at the latest. Not thread-safe.
 */
public final class RedisProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path executable;
  private final int port;
  private final List<String> options;
  private @Nullable Process process;

  private RedisProcess(Path executable, int port, List<String> options) {
    this.executable = executable;
    this.port = port;
    this.options = options;
  }

  /**
   * Starts one on a free port; the one on the path, or the embedded one.
   *
   * @param options as on its command line, such as {@code --requirepass secret}
   */
  public static RedisProcess start(String... options) {
    RedisProcess redis = new RedisProcess(RedisExecutable.path(), freePort(), List.of(options));
    Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
    redis.startAgain();
    return redis;
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Starts it anew after {@link #kill}, with nothing in it. */
  public void startAgain() {
    List<String> command =
        new ArrayList<>(
            List.of(
                executable.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--daemonize",
                "no"));
    command.addAll(options);
    try {
      process =
          new ProcessBuilder(command)
              .directory(Files.createTempDirectory("roomcast-redis").toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .failFast("redis-server ended", () -> !alive())
        .until(this::accepts);
  }

  private boolean alive() {
    return process != null && process.isAlive();
  }

  private boolean accepts() {
    try (RespClient client = RespClient.connect(port)) {
      // Whatever it answers, also that it wants a password: it is there.
      String answer = String.valueOf(client.call("PING"));
      return !answer.contains("LOADING");
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** What runs. */
  public String executable() {
    return executable.toString();
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** Where it is. */
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /** A connection to command it by, without a password. */
  public RespClient client() {
    return RespClient.connect(port);
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /** SIGSTOP: connections stay, nothing answers. */
  public void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    if (process == null) {
      throw new IllegalStateException("not running");
    }
    try {
      // The shell's own: a slim machine has no other.
      String command = "kill -" + name + " " + process.pid();
      int code = new ProcessBuilder("sh", "-c", command).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + code);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
