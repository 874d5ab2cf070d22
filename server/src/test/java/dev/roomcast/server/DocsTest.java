package dev.roomcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages show is what the sources say, and what they point at is there. */
final class DocsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- (\\S+) -->\n```\\w+\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FENCE = Pattern.compile("^```(?:java|xml)$", Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");

  @ParameterizedTest
  @ValueSource(strings = {"custom-transport.md", "custom-bus.md", "testing.md", "embedding.md"})
  void showsWhatTheSourcesSay(String name) throws IOException {
    String page = Files.readString(ROOT.resolve("docs").resolve(name));
    List<MatchResult> snippets = SNIPPET.matcher(page).results().toList();

    assertThat(snippets).as("snippets that name their source").hasSizeGreaterThan(2);
    assertThat(FENCE.matcher(page).results().count())
        .as("pieces of code")
        .isEqualTo(snippets.size());
    for (MatchResult snippet : snippets) {
      assertThat(Files.readString(ROOT.resolve(snippet.group(1))))
          .as(snippet.group(1))
          .contains(snippet.group(2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "CONTRIBUTING.md",
        "docs/custom-transport.md",
        "docs/custom-bus.md",
        "docs/scaling.md",
        "docs/testing.md"
      })
  void pointsAtWhatIsThere(String name) throws IOException {
    Path page = ROOT.resolve(name);
    List<String> links =
        LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)).toList();

    assertThat(links)
        .isNotEmpty()
        .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md"})
  void staysShort(String name) throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve(name))).hasSizeLessThanOrEqualTo(150);
  }
}
