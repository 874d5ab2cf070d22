package dev.roomcast.wire.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/**
 * What files look like from outside, to notice that they were replaced. Symbolic links are
 * followed, since that is how mounted secrets are exchanged. Immutable.
 *
 * @param files one for each; empty where there is none at the moment
 */
record FileState(List<Optional<Stamp>> files) {

  /** A file's real place, time and length. */
  record Stamp(Path real, FileTime modified, long bytes) {}

  static FileState of(List<Path> files) {
    return new FileState(files.stream().map(FileState::stamp).toList());
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      Path real = file.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      return Optional.of(new Stamp(real, attributes.lastModifiedTime(), attributes.size()));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
