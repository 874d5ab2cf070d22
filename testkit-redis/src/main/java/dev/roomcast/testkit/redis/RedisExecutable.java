package dev.roomcast.testkit.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/** Where a {@code redis-server} is: on the path, otherwise in a jar of Maven Central. */
final class RedisExecutable {
  private static final Path FOUND = onPath().orElseGet(RedisExecutable::embedded);

  private RedisExecutable() {}

  static Path path() {
    return FOUND;
  }

  private static Optional<Path> onPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path embedded() {
    try {
      return ExecutableProvider.newJarResourceProvider().get().toPath();
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "no redis-server on the path, and none can be unpacked", failed);
    }
  }
}
