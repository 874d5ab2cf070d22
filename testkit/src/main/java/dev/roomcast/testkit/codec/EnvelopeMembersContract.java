package dev.roomcast.testkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.Json;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the members of an envelope mean: rules E03 to E05. */
@SuppressWarnings("MemberName") // a test is named after its rule
abstract class EnvelopeMembersContract extends EnvelopeSyntaxContract {

  // E03: unknown and repeated members, ids

  @ParameterizedTest
  @ValueSource(
      strings = {"", "other", "Event", "EVENT", "event ", "even", "events", "e", "\\\\event"})
  void required_E03_ignoresUnknownMembers(String name) {
    assertThat(envelope("{\"" + name + "\":\"x\",\"event\":\"e\"}"))
        .isEqualTo(new Envelope("e", null, null));
    assertThat(envelope("{\"event\":\"e\",\"" + name + "\":{\"event\":[1]}}"))
        .isEqualTo(new Envelope("e", null, null));
  }

  @Test
  void required_E03_takesTheLastOfRepeatedMembers() {
    assertThat(
            envelope(
                """
                {"event":"a","data":1,"id":"x","event":"b","data":2,"id":"y","data":[3]}\
                """))
        .isEqualTo(new Envelope("b", json("[3]"), "y"));
  }

  @Test
  void required_E03_takesTheLastAlsoIfItIsOfNoUse() {
    assertThat(envelope("{\"event\":\"a\",\"id\":\"x\",\"id\":7}").id()).isNull();
    assertMalformed(Bytes.of("{\"event\":\"a\",\"event\":7}"));
    assertThat(envelope("{\"event\":\"a\",\"data\":1,\"data\":null}").data()).isEqualTo(Json.NULL);
  }

  @Test
  void required_E03_knowsMembersByTheirNamesHoweverEscaped() {
    assertThat(envelope("{\"\\u0065vent\":\"e\",\"dat\\u0061\":1,\"\\u0069\\u0064\":\"x\"}"))
        .isEqualTo(new Envelope("e", json("1"), "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "7", "null", "true", "[\"x\"]", "{\"id\":\"x\"}"})
  void required_E03_takesAnIdOfAnotherFormAsAbsent(String id) {
    assertThat(envelope("{\"event\":\"e\",\"id\":" + id + "}").id()).isNull();
  }

  @Test
  void required_E03_measuresIdsInUtf16Units() {
    String longest = "😀".repeat(Envelope.MAX_ID_LENGTH / 2);
    assertThat(envelope("{\"event\":\"e\",\"id\":\"" + longest + "\"}").id()).isEqualTo(longest);
    assertThat(envelope("{\"event\":\"e\",\"id\":\"" + longest + "a\"}").id()).isNull();
    String escaped = "\\u0061".repeat(Envelope.MAX_ID_LENGTH);
    assertThat(envelope("{\"event\":\"e\",\"id\":\"" + escaped + "\"}").id())
        .isEqualTo("a".repeat(Envelope.MAX_ID_LENGTH));
    assertThat(envelope("{\"event\":\"e\",\"id\":\"" + escaped + "a\"}").id()).isNull();
  }

  @Test
  void required_E03_decodesEventsAndIds() {
    assertThat(
            envelope(
                """
                {"event":"a\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9é\\ud83d\\uDE00😀","id":"\\ud800-\\\\u"}\
                """))
        .isEqualTo(new Envelope("a\"\\/\b\f\n\r\t\u0000éé😀😀", null, "\ud800-\\u"));
  }

  // E04: data unchanged

  @ParameterizedTest
  @MethodSource("acceptedValues")
  void required_E04_readsDataUnchanged(String text) {
    assertThat(envelope("{\"event\":\"e\",\"data\":" + text + "}").data()).isEqualTo(json(text));
  }

  @ParameterizedTest
  @MethodSource("acceptedValues")
  void required_E04_writesDataUnchanged(String text) {
    assertThat(written("e", json(text), null)).isEqualTo("{\"event\":\"e\",\"data\":" + text + "}");
  }

  static List<String> acceptedValues() {
    return JsonTexts.accepted();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void required_E04_readsAnyDataUnchanged(
      @ForAll("values") String text,
      @ForAll("spaces") String before,
      @ForAll("spaces") String after) {
    String message = "{\"event\":\"e\",\"data\":" + before + text + after + ",\"id\":\"i\"}";
    assertThat(envelope(message)).isEqualTo(new Envelope("e", json(text), "i"));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void required_E04_readsWhatItWrote(
      @ForAll("texts") String event, @ForAll("values") String data, @ForAll("texts") String id) {
    Envelope sent = new Envelope("e" + event, json(data), cut("i" + id));
    byte[] message = codec().envelopes().write(sent.event(), sent.data(), sent.id());
    assertThat(codec().envelopes().read(ByteBuffer.wrap(message))).isEqualTo(sent);
  }

  @Test
  void required_E04_tellsNullFromAbsent() {
    assertThat(envelope("{\"event\":\"e\",\"data\":null}").data()).isEqualTo(Json.NULL);
    assertThat(envelope("{\"event\":\"e\"}").data()).isNull();
    assertThat(written("e", Json.NULL, null)).isEqualTo("{\"event\":\"e\",\"data\":null}");
    assertThat(written("e", null, null)).isEqualTo("{\"event\":\"e\"}");
  }

  // E05: the event

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ }",
        "{\"data\":{\"event\":\"e\"}}",
        "{\"event\":\"\"}",
        "{\"event\":null}",
        "{\"event\":1}",
        "{\"event\":[\"e\"]}",
        "{\"event\":{\"event\":\"e\"}}"
      })
  void required_E05_refusesAnObjectWithoutAUsableEvent(String message) {
    assertMalformed(Bytes.of(message));
  }

  @Test
  void required_E05_bearsTheIdOfAnObjectThatLacksOnlyItsEvent() {
    assertThat(malformed(Bytes.of("{\"event\":1,\"id\":\"x\"}")).id()).isEqualTo("x");
    assertThat(malformed(Bytes.of("{\"id\":\"x\"}")).id()).isEqualTo("x");
    assertThat(malformed(Bytes.of("{\"id\":7}")).id()).isNull();
    assertThat(malformed(Bytes.of("{\"id\":\"x\"")).id()).isNull();
    assertThat(malformed(Bytes.of("{\"id\":\"x\"}}")).id()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\":\"secret\"}",
        "{\"secret\":secret}",
        "secret",
        "{\"event\":\"e\"}secret",
        "{\"data\":\"secret"
      })
  void required_E05_quotesNothingOfWhatItRefuses(String message) {
    assertThat(malformed(Bytes.of(message)).detail()).isNotEmpty().doesNotContain("secret");
  }

  /** Any text; every other of what JSON must escape, which is rare among all characters. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings(), Arbitraries.strings().withChars("\"\\\n\t\u0000/é").ofMinLength(1));
  }

  @Provide
  Arbitrary<String> spaces() {
    return JsonTexts.spaces();
  }

  private static String cut(String id) {
    return id.length() > Envelope.MAX_ID_LENGTH ? id.substring(0, Envelope.MAX_ID_LENGTH) : id;
  }
}
