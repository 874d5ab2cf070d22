package dev.roomcast.testkit.codec;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.DecodedEnvelope;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.MalformedEnvelope;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of {@link dev.roomcast.port.codec.EnvelopeCodec}, one after the other, in one file so
 * that a codec's contract test is one method; no test leans on another.
 */
@SuppressWarnings("MemberName") // a test is named after its rule
public abstract class EnvelopeCodecContract {

  /** The codec that is meant. */
  protected abstract Codec codec();

  // E01: exactly one object in UTF-8

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"e\"}",
        " \n\r\t{ \"event\" \n:\r\"e\"\t} \n\r\t",
        "{\"data\":1,\"event\":\"e\"}"
      })
  void required_E01_readsAnObjectWithWhiteSpaceAroundItsTokens(String message) {
    assertThat(envelope(message).event()).isEqualTo("e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "1",
        "\"event\"",
        "[]",
        "[{\"event\":\"e\"}]",
        "event",
        "}",
        "{",
        "{\"event\"",
        "{\"event\":\"e\"",
        "{\"event\":\"e\",}",
        "{,\"event\":\"e\"}",
        "{\"event\":\"e\"]",
        "{event:\"e\"}",
        "{'event':'e'}",
        "({\"event\":\"e\"})"
      })
  void required_E01_refusesWhatIsNoObject(String message) {
    assertMalformed(Bytes.of(message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"event\":\"f\"}", "}", "]", ",", "1", "null", "x", "\u0000", "//"})
  void required_E01_refusesWhatFollowsTheObject(String more) {
    assertMalformed(Bytes.of("{\"event\":\"e\"}" + more));
    assertMalformed(Bytes.of("{\"event\":\"e\"} " + more));
  }

  @Test
  void required_E01_refusesAByteOrderMark() {
    assertMalformed(Bytes.of("\ufeff{\"event\":\"e\"}"));
  }

  @ParameterizedTest
  @MethodSource("otherEncodings")
  void required_E01_refusesOtherEncodings(Charset encoding) {
    assertMalformed(ByteBuffer.wrap("{\"event\":\"e\"}".getBytes(encoding)));
    assertMalformed(ByteBuffer.wrap("\ufeff{\"event\":\"e\"}".getBytes(encoding)));
  }

  static List<Charset> otherEncodings() {
    return List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"));
  }

  @ParameterizedTest
  @MethodSource("malformedUtf8")
  void required_E01_refusesMalformedUtf8InData(String sequence) {
    assertMalformed(
        ByteBuffer.wrap(MalformedUtf8.within("{\"event\":\"e\",\"data\":\"", sequence, "\"}")));
  }

  @ParameterizedTest
  @MethodSource("malformedUtf8")
  void required_E01_refusesMalformedUtf8InEventsIdsAndNames(String sequence) {
    assertMalformed(ByteBuffer.wrap(MalformedUtf8.within("{\"event\":\"", sequence, "\"}")));
    assertMalformed(
        ByteBuffer.wrap(MalformedUtf8.within("{\"event\":\"e\",\"id\":\"", sequence, "\"}")));
    assertMalformed(
        ByteBuffer.wrap(MalformedUtf8.within("{\"event\":\"e\",\"", sequence, "\":1}")));
  }

  static List<String> malformedUtf8() {
    return MalformedUtf8.sequences();
  }

  @ParameterizedTest
  @MethodSource("refusedValues")
  void required_E01_refusesWhatIsNoJsonInData(String text) {
    assertMalformed(Bytes.of("{\"event\":\"e\",\"data\":" + text + "}"));
  }

  @ParameterizedTest
  @MethodSource("refusedValues")
  void required_E01_refusesWhatIsNoJsonInUnknownMembers(String text) {
    assertMalformed(Bytes.of("{\"other\":" + text + ",\"event\":\"e\"}"));
  }

  static List<String> refusedValues() {
    return JsonTexts.refused();
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void required_E01_refusesEveryTruncation(@ForAll("messages") String message) {
    byte[] bytes = message.getBytes(UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      assertMalformed(ByteBuffer.wrap(bytes, 0, length));
    }
  }

  // E02: depth

  @ParameterizedTest
  @ValueSource(strings = {"data", "other"})
  void required_E02_readsAThousandLevels(String member) {
    assertThat(envelope(nested(member, "[", "]", 999)).event()).isEqualTo("e");
    assertThat(envelope(nested(member, "{\"a\":", "}", 999)).event()).isEqualTo("e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "other"})
  void required_E02_refusesMoreLevels(String member) {
    assertMalformed(Bytes.of(nested(member, "[", "]", 1_000)));
    assertMalformed(Bytes.of(nested(member, "{\"a\":", "}", 1_000)));
  }

  @Test
  void required_E02_countsLevelsAndNotContainers() {
    String wide = "[" + "[],{},".repeat(5_000) + "0]";
    assertThat(envelope("{\"event\":\"e\",\"data\":" + wide + "}").data()).isEqualTo(json(wide));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
  void required_E02_refusesAHundredThousandLevels(String opening) {
    assertMalformed(Bytes.of("{\"event\":\"e\",\"data\":" + opening.repeat(100_000)));
    assertMalformed(Bytes.of(opening.repeat(100_000)));
  }

  private static String nested(String member, String open, String close, int levels) {
    String innermost = open.equals("[") ? "" : "0";
    String value = open.repeat(levels) + innermost + close.repeat(levels);
    return "{\"event\":\"e\",\"" + member + "\":" + value + "}";
  }

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

  // E06: manners of reading

  @Property(tries = 500)
  void required_E06_throwsForNoBytes(@ForAll byte[] bytes) {
    assertThatCode(() -> codec().envelopes().read(ByteBuffer.wrap(bytes)))
        .doesNotThrowAnyException();
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void required_E06_throwsForNoDamagedMessage(@ForAll("damaged") byte[] bytes) {
    assertThatCode(() -> codec().envelopes().read(ByteBuffer.wrap(bytes)))
        .doesNotThrowAnyException();
  }

  @Test
  void required_E06_readsBuffersOfEveryKind() {
    for (ByteBuffer buffer : Bytes.buffersOf("{\"event\":\"é\",\"data\":[1],\"id\":\"x\"}")) {
      assertThat(codec().envelopes().read(buffer)).isEqualTo(new Envelope("é", json("[1]"), "x"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"event\":\"e\",\"data\":[1,2]}", "{\"event\":", "\u0001"})
  void required_E06_leavesPositionAndLimit(String message) {
    for (ByteBuffer buffer : Bytes.buffersOf(message)) {
      ByteBuffer before = buffer.duplicate();
      codec().envelopes().read(buffer);
      assertThat(buffer.position()).isEqualTo(before.position());
      assertThat(buffer.limit()).isEqualTo(before.limit());
    }
  }

  @Test
  void required_E06_keepsNoReferenceToTheBuffer() {
    byte[] bytes = "{\"event\":\"e\",\"data\":[1],\"id\":\"x\"}".getBytes(UTF_8);
    DecodedEnvelope read = codec().envelopes().read(ByteBuffer.wrap(bytes));
    Arrays.fill(bytes, (byte) '9');
    assertThat(read).isEqualTo(new Envelope("e", json("[1]"), "x"));
  }

  @Test
  void required_E06_servesManyThreads() {
    assertThat(
            IntStream.range(0, 20_000)
                .parallel()
                .allMatch(
                    n -> {
                      Envelope sent =
                          new Envelope("e" + n, json("{\"k" + n + "\":" + n + "}"), "i" + n);
                      byte[] text = codec().envelopes().write(sent.event(), sent.data(), sent.id());
                      return codec().envelopes().read(ByteBuffer.wrap(text)).equals(sent);
                    }))
        .isTrue();
  }

  // E07: writing

  @Test
  void required_E07_writesEventDataAndIdInThisOrder() {
    assertThat(written("e", json("{}"), "x"))
        .isEqualTo("{\"event\":\"e\",\"data\":{},\"id\":\"x\"}");
    assertThat(written("e", null, "x")).isEqualTo("{\"event\":\"e\",\"id\":\"x\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"", "\\", "\b", "\f", "\n", "\r", "\t", "\u0000", "\u001f", "a\"b\\c", "\\u0041"
      })
  void required_E07_escapesWhatMustBe(String awkward) {
    byte[] message = codec().envelopes().write(awkward, null, awkward);
    assertThat(codec().envelopes().read(ByteBuffer.wrap(message)))
        .isEqualTo(new Envelope(awkward, null, awkward));
  }

  @Test
  void required_E07_writesCharactersOutsideOfAsciiAsUtf8OrEscaped() {
    byte[] message = codec().envelopes().write("é€😀", null, null);
    assertThat(codec().envelopes().read(ByteBuffer.wrap(message)))
        .isEqualTo(new Envelope("é€😀", null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"d800", "dbff", "dc00", "dfff"})
  void required_E07_writesALoneSurrogateAsAnEscape(String surrogate) {
    String lone = Character.toString((char) Integer.parseInt(surrogate, 16));
    assertThat(written("a" + lone + "b", null, null))
        .isEqualToIgnoringCase("{\"event\":\"a\\u" + surrogate + "b\"}");
    assertThat(written("e", null, lone))
        .isEqualToIgnoringCase("{\"event\":\"e\",\"id\":\"\\u" + surrogate + "\"}");
  }

  @Test
  void required_E07_givesAnArrayAwayEachTime() {
    byte[] first = codec().envelopes().write("e", json("1"), null);
    byte[] second = codec().envelopes().write("e", json("1"), null);
    Arrays.fill(first, (byte) 0);
    assertThat(new String(second, UTF_8)).isEqualTo("{\"event\":\"e\",\"data\":1}");
  }

  @Provide
  Arbitrary<String> values() {
    return JsonTexts.values();
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

  @Provide
  Arbitrary<String> messages() {
    return Combinators.combine(
            JsonTexts.spaces(), JsonTexts.strings().filter(event -> event.length() > 2), values())
        .as((space, event, data) -> space + "{\"event\":" + event + ",\"data\":" + data + "}");
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return Bytes.damaged(Arbitraries.oneOf(messages(), Arbitraries.just("{\"event\":\"é\"}")));
  }

  private static String cut(String id) {
    return id.length() > Envelope.MAX_ID_LENGTH ? id.substring(0, Envelope.MAX_ID_LENGTH) : id;
  }

  private static Json json(String text) {
    return Json.trusted(text.getBytes(UTF_8));
  }

  private String written(String event, @Nullable Json data, @Nullable String id) {
    return new String(codec().envelopes().write(event, data, id), UTF_8);
  }

  private Envelope envelope(String message) {
    DecodedEnvelope read = codec().envelopes().read(Bytes.of(message));
    assertThat(read).isInstanceOf(Envelope.class);
    return (Envelope) read;
  }

  private MalformedEnvelope malformed(ByteBuffer message) {
    DecodedEnvelope read = codec().envelopes().read(message);
    assertThat(read).isInstanceOf(MalformedEnvelope.class);
    return (MalformedEnvelope) read;
  }

  private void assertMalformed(ByteBuffer message) {
    assertThat(codec().envelopes().read(message)).isInstanceOf(MalformedEnvelope.class);
  }
}
