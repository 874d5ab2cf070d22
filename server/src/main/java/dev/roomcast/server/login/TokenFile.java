package dev.roomcast.server.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of tokens that may change while the server runs: it is looked at whenever somebody
 * authenticates. What cannot be read then is logged, and the tokens from before stay; where no
 * token is left nobody is let in. Thread-safe.
 */
final class TokenFile {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

  private final Path path;

  /** Guarded by this. */
  private Tokens tokens;

  /** What the file looked like when it was read last. Guarded by this. */
  private Stamp stamp;

  /**
   * What it looked like when it could not be read, so that this is logged once. Guarded by this.
   */
  private @Nullable Stamp failed;

  private record Stamp(FileTime modified, long bytes) {
    /** Of a file that is not there. */
    static final Stamp NONE = new Stamp(FileTime.fromMillis(0), -1);
  }

  private TokenFile(Path path, Stamp stamp, Tokens tokens) {
    this.path = path;
    this.stamp = stamp;
    this.tokens = tokens;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException that names the file, the line and the reason
   */
  static TokenFile read(Path path) {
    // In this order: a change in between is found the next time.
    Stamp stamp = stamp(path);
    Tokens tokens = parse(path);
    if (tokens.holders().isEmpty()) {
      throw new IllegalArgumentException(path + ": there is no token in it, expected one a line");
    }
    return new TokenFile(path, stamp, tokens);
  }

  synchronized Tokens current() {
    Stamp now = stamp(path);
    if (!now.equals(stamp)) {
      reload(now);
    }
    return tokens;
  }

  // What cannot be read now is tried again at the next login: a revoked token must not stay valid.
  private void reload(Stamp now) {
    try {
      tokens = parse(path);
      stamp = now;
      failed = null;
      if (tokens.holders().isEmpty()) {
        LOG.warn("there is no token left in {}: nobody is let in", path);
      } else {
        LOG.atInfo().addKeyValue("tokens", tokens.holders().size()).log("tokens were read anew");
      }
    } catch (IllegalArgumentException wrong) {
      if (!now.equals(failed)) {
        LOG.error("tokens stay as they were: {}", wrong.getMessage());
      }
      failed = now;
    }
  }

  private static Tokens parse(Path path) {
    try {
      return TokenFileParser.parse(Files.readAllLines(path));
    } catch (NoSuchFileException absent) {
      throw new IllegalArgumentException(path + ": there is no such file", absent);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          path + ": it cannot be read as UTF-8 text (" + unreadable + ")", unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(path + ", " + wrong.getMessage(), wrong);
    }
  }

  private static Stamp stamp(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size());
    } catch (IOException gone) {
      return Stamp.NONE;
    }
  }
}
