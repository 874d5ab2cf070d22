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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code redis-server} of a test, on loopback and without files; it can be killed, started again
 * on the same port, frozen and thawed. Ends with the JVM at the latest. Not thread-safe.
 */
public final class RedisProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The nodes of a cluster talk to each other on a port that lies so much above. */
  private static final int CLUSTER_DISTANCE = 10_000;

  private static final int LAST_PORT = 65_535;

  private final Path executable;
  private final int port;
  private final List<String> options;
  private final Path directory;
  private @Nullable Process process;

  private RedisProcess(Path executable, int port, List<String> options, Path directory) {
    this.executable = executable;
    this.port = port;
    this.options = options;
    this.directory = directory;
  }

  /**
   * Starts one on a free port; the one on the path, or the embedded one.
   *
   * @param options as on its command line, such as {@code --requirepass secret}
   */
  public static RedisProcess start(String... options) {
    return start(
        freePort(),
        Stream.concat(
                Stream.of("--save", "", "--appendonly", "no", "--daemonize", "no"),
                Stream.of(options))
            .toList(),
        newDirectory());
  }

  /** Starts one that is a node of a cluster, which knows no other yet. */
  static RedisProcess startNode() {
    int port = freePort();
    while (port + CLUSTER_DISTANCE > LAST_PORT) {
      port = freePort();
    }
    return start(
        port,
        List.of("--save", "", "--cluster-enabled", "yes", "--cluster-node-timeout", "2000"),
        newDirectory());
  }

  /** Starts a sentinel, which watches what its configuration says. */
  static RedisProcess startSentinel(List<String> configuration) {
    Path directory = newDirectory();
    try {
      // A sentinel writes down there what it finds out.
      Path file = Files.write(directory.resolve("sentinel.conf"), configuration);
      return start(freePort(), List.of(file.toString(), "--sentinel"), directory);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static RedisProcess start(int port, List<String> options, Path directory) {
    RedisProcess redis = new RedisProcess(RedisExecutable.path(), port, options, directory);
    Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
    redis.startAgain();
    return redis;
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("roomcast-redis");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Starts it anew after {@link #kill}, with nothing in it but its part in a cluster. */
  public void startAgain() {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(options);
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
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

  /** SIGSTOP: connections stay, nothing answers; returns when it is so. */
  public void freeze() {
    signal("STOP");
    // Linux says so; elsewhere it is as good as at once.
    if (Files.isReadable(state())) {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(this::isStopped);
    }
  }

  private Path state() {
    return Path.of("/proc", Long.toString(process().pid()), "stat");
  }

  private boolean isStopped() throws IOException {
    String stat = Files.readString(state());
    // Behind the command's name, which is in parentheses and may have some itself.
    return stat.startsWith("T", stat.lastIndexOf(')') + 2);
  }

  /** SIGCONT. */
  public void thaw() {
    signal("CONT");
  }

  private Process process() {
    if (process == null) {
      throw new IllegalStateException("not running");
    }
    return process;
  }

  private void signal(String name) {
    try {
      // The shell's own: a slim machine has no other.
      String command = "kill -" + name + " " + process().pid();
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
    try (Stream<Path> left = Files.walk(directory)) {
      left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException gone) {
      // It was closed before.
    }
  }
}
