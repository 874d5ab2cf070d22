package dev.roomcast.testkit.redis;

import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A Redis that all tests of a process share: the one that {@code ROOMCAST_TEST_REDIS} names,
 * otherwise one in a container where a Docker engine answers, otherwise a process. It ends with the
 * tests, and which one it is is printed. Thread-safe.
 */
public final class TestRedis {
  /** A URI such as {@code redis://localhost:6379}. */
  public static final String VARIABLE = "ROOMCAST_TEST_REDIS";

  private static final int PORT = 6379;

  private TestRedis() {}

  /** Where it is. */
  public static URI uri() {
    return Shared.URI_OF_REDIS;
  }

  /** Started when first asked for. */
  private static final class Shared {
    private static final URI URI_OF_REDIS = start();

    private static URI start() {
      String given = System.getenv(VARIABLE);
      if (given != null && !given.isBlank()) {
        return told("the one of " + VARIABLE, URI.create(given));
      }
      if (dockerAnswers()) {
        return container();
      }
      RedisProcess process = RedisProcess.start();
      return told(process.executable(), process.uri());
    }

    private static URI told(String what, URI uri) {
      System.out.println(
          "Redis for tests: " + what + ", at " + uri.getHost() + ":" + uri.getPort());
      return uri;
    }

    // Ends with the process: Testcontainers removes what its tests leave.
    @SuppressWarnings("resource")
    private static URI container() {
      GenericContainer<?> redis =
          new GenericContainer<>(DockerImageName.parse("redis:7.4-alpine")).withExposedPorts(PORT);
      redis.start();
      return told(
          "redis:7.4-alpine in a container",
          URI.create("redis://" + redis.getHost() + ":" + redis.getMappedPort(PORT)));
    }

    /** A socket first: where there is none, Testcontainers looks everywhere, and logs it all. */
    private static boolean dockerAnswers() {
      if (System.getenv("DOCKER_HOST") == null) {
        try (SocketChannel socket =
            SocketChannel.open(UnixDomainSocketAddress.of(Path.of("/var/run/docker.sock")))) {
          if (!socket.isConnected()) {
            return false;
          }
        } catch (IOException | UnsupportedOperationException nobody) {
          return false;
        }
      }
      return DockerClientFactory.instance().isDockerAvailable();
    }
  }
}
