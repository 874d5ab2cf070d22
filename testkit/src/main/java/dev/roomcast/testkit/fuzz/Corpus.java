package dev.roomcast.testkit.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * The inputs that damaged ones are made of: good ones, and bad ones that are worth keeping.
 * Immutable.
 *
 * @param seeds one or more; not to be changed
 */
public record Corpus(List<byte[]> seeds) {

  public Corpus {
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("seeds is empty, expected one or more");
    }
    seeds = List.copyOf(seeds);
  }

  /**
   * Reads a resource in UTF-8 with one input a line, as bytes in hexadecimal digits with spaces
   * wherever one likes. Empty lines, and those that start with {@code #}, are passed over.
   *
   * @param name relative to {@code owner}
   */
  public static Corpus hex(Class<?> owner, String name) {
    return read(owner, name, line -> HexFormat.of().parseHex(line.replace(" ", "")));
  }

  /** The same with each line as it stands. */
  public static Corpus text(Class<?> owner, String name) {
    return read(owner, name, line -> line.getBytes(StandardCharsets.UTF_8));
  }

  private static Corpus read(Class<?> owner, String name, Function<String, byte[]> reader) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name + " beside " + owner.getName());
      }
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Corpus(
          all.lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(reader)
              .toList());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
