package dev.roomcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every numbered rule of every port has a test in a published contract suite whose name bears it,
 * and a wrong adapter in our own tests that this suite must catch.
 */
final class RulesTest {
  private static final Path ROOT = Path.of("..");

  /** In the javadoc of a port or an SPI. */
  private static final Pattern RULE = Pattern.compile("<li><b>([A-Z][0-9]{2})</b>");

  private static final Pattern CHECKED =
      Pattern.compile("void (?:required|optional)_([A-Z][0-9]{2})_");

  /** {@code assertCaught(X.class, "C01")}; a constant of an enum {@code E01_HOW(…)}. */
  private static final Pattern BROKEN =
      Pattern.compile(
          "assertCaught\\(\\s*\\w+\\.class,\\s*\"([A-Z][0-9]{2})|\\b([EBM][0-9]{2})_[A-Z_]+[(,]");

  @Test
  void everyRuleHasATest() {
    assertThat(found(CHECKED, "src/main/")).containsAll(rules());
  }

  @Test
  void everyTestHasARule() {
    assertThat(rules()).containsAll(found(CHECKED, "src/main/"));
  }

  @Test
  void everyRuleIsBrokenByAWrongAdapter() {
    assertThat(found(BROKEN, "src/test/")).containsAll(rules());
  }

  private static Set<String> rules() {
    Set<String> rules = found(RULE, "src/main/");
    assertThat(rules).contains("T01", "C09", "L06", "E07", "B05", "M05", "P07", "S03", "W05");
    return rules;
  }

  /** What the first group of the pattern that took part found in our modules' sources. */
  private static Set<String> found(Pattern pattern, String below) {
    try (Stream<Path> files = Files.walk(ROOT, 20)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains(below) && !file.toString().contains("/target/"))
          .flatMap(file -> pattern.matcher(read(file)).results())
          .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
