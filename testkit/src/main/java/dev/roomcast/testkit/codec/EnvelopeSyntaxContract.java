package dev.roomcast.testkit.codec;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no envelope as a text: rules E01 and E02. */
@SuppressWarnings("MemberName") // a test is named after its rule
abstract class EnvelopeSyntaxContract extends EnvelopeFixture {

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
}
