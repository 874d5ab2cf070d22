package dev.roomcast.server.web;

import dev.roomcast.wire.http.PageRequest;
import dev.roomcast.wire.http.PageResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of the page, all read at the start: a request can only name one of them, so that no
 * path leads out of their directory. Immutable.
 */
final class StaticFiles {
  private static final String INDEX = "index.html";

  private final Map<String, Resource> byPath;

  private StaticFiles(Map<String, Resource> byPath) {
    this.byPath = Map.copyOf(byPath);
  }

  /**
   * Reads the directory of the class path that holds a page.
   *
   * @throws IllegalStateException if it is not there
   */
  static StaticFiles fromClassPath(String directory) {
    URL index = StaticFiles.class.getResource("/" + directory + "/" + INDEX);
    if (index == null) {
      throw new IllegalStateException("no " + directory + "/" + INDEX + " on the class path");
    }
    try {
      return read(index.toURI());
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException("cannot read " + index, unreadable);
    }
  }

  private static StaticFiles read(URI index) throws IOException {
    if (!index.getScheme().equals("jar")) {
      return read(Path.of(index).resolveSibling(""));
    }
    try (FileSystem jar = FileSystems.newFileSystem(index, Map.of())) {
      String inJar = index.getSchemeSpecificPart();
      return read(jar.getPath(inJar.substring(inJar.lastIndexOf('!') + 1)).resolveSibling(""));
    }
  }

  /** Reads a directory with all that is below it. */
  static StaticFiles read(Path directory) throws IOException {
    Map<String, Resource> byPath = new HashMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        Resource resource = new Resource(name, Files.readAllBytes(file));
        byPath.put("/" + name, resource);
        if (name.equals(INDEX)) {
          byPath.put("/", resource);
        }
      }
    }
    return new StaticFiles(byPath);
  }

  /** The answer, if the path is one of a file. */
  Optional<PageResponse> answer(PageRequest request) {
    return Optional.ofNullable(byPath.get(request.path()))
        .map(resource -> resource.answer(request));
  }
}
