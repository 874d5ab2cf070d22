package dev.roomcast.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.codec.JsonBindingException;
import dev.roomcast.port.codec.JsonMapper;
import dev.roomcast.testkit.codec.JsonTexts;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Our scanner takes and refuses the texts that Jackson's parser takes and refuses, a parser that
 * millions of programs have tried. The one difference, half a surrogate pair, is left out: escaped
 * in a name it is JSON by RFC 8259, and ours takes it.
 */
final class AgreesWithJacksonTest {
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonMapper ours = JacksonCodec.create().mapper();

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void agreesOnDamagedTexts(@ForAll("damaged") String text) {
    assertThat(oursTakes(text)).isEqualTo(jacksonTakes(text));
  }

  @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
  void agreesOnHeapsOfTokens(@ForAll("heaps") String text) {
    assertThat(oursTakes(text)).isEqualTo(jacksonTakes(text));
  }

  @ParameterizedTest
  @MethodSource("dev.roomcast.testkit.codec.JsonTexts#accepted")
  void agreesOnWhatIsJson(String text) {
    assertThat(jacksonTakes(text)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("dev.roomcast.testkit.codec.JsonTexts#refused")
  void agreesOnWhatIsNone(String text) {
    assertThat(jacksonTakes("[" + text + ",1]")).isFalse();
  }

  private boolean oursTakes(String text) {
    try {
      ours.parse(text);
      return true;
    } catch (JsonBindingException e) {
      return false;
    }
  }

  private static boolean jacksonTakes(String text) {
    try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<String> damaged() {
    Arbitrary<String> whole =
        JsonTexts.values().filter(text -> !text.contains("\\ud") && !text.contains("\\uD"));
    return Combinators.combine(
            whole, Arbitraries.integers().between(0, 1_000), Arbitraries.of(0, 1), tokens())
        .as(
            (text, place, removed, inserted) -> {
              int at = place % text.length();
              return text.substring(0, at) + inserted + text.substring(at + removed);
            })
        .filter(text -> UTF_8.newEncoder().canEncode(text));
  }

  @Provide
  Arbitrary<String> heaps() {
    return tokens().list().ofMaxSize(12).map(tokens -> String.join("", tokens));
  }

  private static Arbitrary<String> tokens() {
    return Arbitraries.of(
        "", "{", "}", "[", "]", ":", ",", "\"", "\"a\"", "\\", "\\u00", "u", "0", "1", "12", "-",
        "+", ".", "e", "E", "true", "false", "null", "nul", " ", "\n", "\t", "\r", "\f", "\u0000",
        "\u001f", "\u007f", "\u00a0", "\ufeff", "é", "😀", "/", "//", "/*", "'", "#", "NaN", "x");
  }
}
