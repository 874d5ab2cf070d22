package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.wire.internal.ExtensionOffer.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 9.1. */
final class ExtensionOfferTest {
  private static ExtensionOffer offer(String name, Parameter... parameters) {
    return new ExtensionOffer(name, List.of(parameters));
  }

  private static Parameter flag(String name) {
    return new Parameter(name, null);
  }

  @Test
  void readsTheExamplesOfTheRfc() {
    assertThat(ExtensionOffer.read(List.of("foo", "bar; baz=2")))
        .contains(List.of(offer("foo"), offer("bar", new Parameter("baz", "2"))));
    assertThat(ExtensionOffer.read(List.of("deflate-stream", "mux; max-channels=4; flow-control")))
        .contains(
            List.of(
                offer("deflate-stream"),
                offer("mux", new Parameter("max-channels", "4"), flag("flow-control"))));
  }

  @Test
  void readsSeveralOffersOfOneHeader() {
    assertThat(ExtensionOffer.read(List.of("a;x , b,c;y=1")))
        .contains(List.of(offer("a", flag("x")), offer("b"), offer("c", new Parameter("y", "1"))));
  }

  @Test
  void takesWhiteSpaceAnywhereBetweenTokens() {
    assertThat(ExtensionOffer.read(List.of(" \ta ;\tx = 1 ; y\t, b ")))
        .contains(List.of(offer("a", new Parameter("x", "1"), flag("y")), offer("b")));
  }

  @Test
  void unquotesValues() {
    assertThat(ExtensionOffer.read(List.of("a;x=\"10\";y=\"1\\0\"")))
        .contains(List.of(offer("a", new Parameter("x", "10"), new Parameter("y", "10"))));
  }

  @Test
  void keepsRepeatedParameters() {
    assertThat(ExtensionOffer.read(List.of("a;x;x=1")))
        .contains(List.of(offer("a", flag("x"), new Parameter("x", "1"))));
  }

  @Test
  void skipsEmptyElements() {
    assertThat(ExtensionOffer.read(List.of())).contains(List.of());
    assertThat(ExtensionOffer.read(List.of("", " , a,,", ","))).contains(List.of(offer("a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";x",
        "a;",
        "a;;x",
        "a;=1",
        "a;x=",
        "a;x=\"",
        "a;x=\"1",
        "a;x=\"\"",
        "a;x=\"1 0\"",
        "a;x=\"1,0\"",
        "a;x=\"\\",
        "a;x=\"1\"2",
        "a x",
        "a/b",
        "a;x=1=2",
        "a\u00E4",
        "\"a\"",
        "a;\"x\"",
        "a\r\nb"
      })
  void refusesWhatDoesNotFollowTheGrammar(String header) {
    assertThat(ExtensionOffer.read(List.of("good", header))).isEmpty();
  }

  @Test
  void takesNoQuoteAcrossHeaders() {
    assertThat(ExtensionOffer.read(List.of("a;x=\"1", "0\""))).isEmpty();
  }
}
