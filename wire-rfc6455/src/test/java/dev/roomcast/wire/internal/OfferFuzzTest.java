package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.testkit.fuzz.Corpus;
import dev.roomcast.testkit.fuzz.Fuzzing;
import dev.roomcast.wire.internal.ExtensionOffer.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Offers of extensions held against the grammar as an expression. */
final class OfferFuzzTest {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]";
  private static final String VALUE = "(" + TOKEN + "+|\"(\\\\?" + TOKEN + ")+\")";
  private static final String SPACE = "[ \\t]*";
  private static final String PARAMETER =
      SPACE + ";" + SPACE + TOKEN + "+(" + SPACE + "=" + SPACE + VALUE + ")?";
  private static final String ELEMENT = SPACE + "(" + TOKEN + "+(" + PARAMETER + ")*)?" + SPACE;
  private static final Pattern GRAMMAR = Pattern.compile(ELEMENT + "(," + ELEMENT + ")*");

  /** Expressions of Java recurse: they are not for long texts. */
  private static final int LONGEST = 1_000;

  @Test
  void readsWhatTheGrammarAllows() {
    Corpus corpus = Corpus.text(OfferFuzzTest.class, "offers.txt");
    Fuzzing.of(corpus).run("offers of extensions", OfferFuzzTest::agrees);
  }

  private static void agrees(byte[] bytes, Random random) {
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    Optional<List<ExtensionOffer>> offers = ExtensionOffer.read(List.of(header));
    if (header.length() <= LONGEST) {
      assertThat(offers.isPresent()).isEqualTo(GRAMMAR.matcher(header).matches());
    }
    if (offers.isPresent()) {
      List<String> lines = offers.get().stream().map(OfferFuzzTest::written).toList();
      assertThat(ExtensionOffer.read(lines)).isEqualTo(offers);
      assertThat(ExtensionOffer.read(List.of(String.join(" , ", lines)))).isEqualTo(offers);
    }
    Optional<String> answer = DeflateNegotiation.accept(List.of(header));
    if (answer.isPresent()) {
      assertThat(answer.get())
          .matches(
              "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
                  + "(; server_max_window_bits=15)?");
      assertThat(offers.orElseThrow()).anyMatch(offer -> offer.name().equals("permessage-deflate"));
    }
  }

  private static String written(ExtensionOffer offer) {
    return offer.name()
        + offer.parameters().stream().map(OfferFuzzTest::written).collect(Collectors.joining());
  }

  private static String written(Parameter parameter) {
    return ";" + parameter.name() + (parameter.value() == null ? "" : "=" + parameter.value());
  }
}
