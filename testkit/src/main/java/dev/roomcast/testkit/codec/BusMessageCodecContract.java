package dev.roomcast.testkit.codec;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.roomcast.port.codec.BusMessage;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.DecodedBusMessage;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.MalformedBusMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
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

/** The rules of {@link dev.roomcast.port.codec.BusMessageCodec}. */
@SuppressWarnings("MemberName") // a test is named after its rule
public abstract class BusMessageCodecContract {
  private static final String HEAD = "{\"serverId\":\"s\",\"type\":\"room\",\"event\":\"e\"";

  /** The codec that is meant. */
  protected abstract Codec codec();

  // B01: as strict as envelopes

  @Test
  void required_B01_refusesAByteOrderMark() {
    assertMalformed(Bytes.of("\ufeff" + HEAD + "}"));
  }

  @Test
  void required_B01_refusesOtherEncodings() {
    assertMalformed(ByteBuffer.wrap((HEAD + "}").getBytes(UTF_16LE)));
  }

  @ParameterizedTest
  @MethodSource("malformedUtf8")
  void required_B01_refusesMalformedUtf8(String sequence) {
    assertMalformed(ByteBuffer.wrap(MalformedUtf8.within(HEAD + ",\"data\":\"", sequence, "\"}")));
    assertMalformed(
        ByteBuffer.wrap(MalformedUtf8.within(HEAD + ",\"exclude\":[\"", sequence, "\"]}")));
    assertMalformed(ByteBuffer.wrap(MalformedUtf8.within(HEAD + ",\"", sequence, "\":1}")));
  }

  static List<String> malformedUtf8() {
    return MalformedUtf8.sequences();
  }

  @ParameterizedTest
  @MethodSource("refusedValues")
  void required_B01_refusesWhatIsNoJson(String text) {
    assertMalformed(Bytes.of(HEAD + ",\"data\":" + text + "}"));
    assertMalformed(Bytes.of(HEAD + ",\"exclude\":[" + text + ",1]}"));
  }

  static List<String> refusedValues() {
    return JsonTexts.refused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "}", "1", "x", "\u0000"})
  void required_B01_refusesWhatFollowsTheObject(String more) {
    assertMalformed(Bytes.of(HEAD + "} " + more));
  }

  @Test
  void required_B01_readsAThousandLevelsAndNoMore() {
    String deepest = "[".repeat(999) + "]".repeat(999);
    assertThat(message(HEAD + ",\"data\":" + deepest + "}").data()).isEqualTo(json(deepest));
    assertMalformed(Bytes.of(HEAD + ",\"data\":[" + deepest + "]}"));
    assertMalformed(Bytes.of(HEAD + ",\"exclude\":[" + deepest + "]}"));
    assertMalformed(Bytes.of(HEAD + ",\"data\":" + "[".repeat(100_000)));
  }

  // B02: members

  @Test
  void required_B02_readsAllMembersInAnyOrder() {
    String text =
        """
        { "exclude" : [ "a" , "b" ] , "data" : { "n": 1.0 } , "event" : "e" ,
          "target" : "t" , "type" : "client" , "serverId" : "s" }\
        """;
    assertThat(message(text))
        .isEqualTo(
            new BusMessage("s", "client", "t", "e", json("{ \"n\": 1.0 }"), List.of("a", "b")));
  }

  @Test
  void required_B02_ignoresUnknownMembers() {
    assertThat(message("{\"Event\":1,\"\":{\"event\":\"f\"}," + HEAD.substring(1) + ",\"id\":7}"))
        .isEqualTo(new BusMessage("s", "room", null, "e", null, List.of()));
  }

  @Test
  void required_B02_takesTheLastOfRepeatedMembers() {
    assertThat(
            message(
                HEAD
                    + """
                    ,"target":"t","data":1,"exclude":["x"],"serverId":"s2","type":"user",\
                    "event":"e2","target":"t2","data":2,"exclude":["y"]}\
                    """))
        .isEqualTo(new BusMessage("s2", "user", "t2", "e2", json("2"), List.of("y")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "true", "[\"t\"]", "{}"})
  void required_B02_takesATargetOfTheWrongTypeAsLacking(String target) {
    assertThat(message(HEAD + ",\"target\":" + target + "}").target()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[]", "\"a\"", "7", "{\"a\":1}", "[null,7,[\"a\"],{\"a\":\"b\"}]"})
  void required_B02_excludesNobodyWithoutAnArrayOfStrings(String exclude) {
    assertThat(message(HEAD + ",\"exclude\":" + exclude + "}").exclude()).isEmpty();
    assertThat(message(HEAD + "}").exclude()).isEmpty();
  }

  @Test
  void required_B02_ignoresWhatIsNoStringAmongTheExcluded() {
    assertThat(message(HEAD + ",\"exclude\":[ 1 ,\"a\",null, [\"x\"],\"\\u0062\" ]}").exclude())
        .containsExactly("a", "b");
  }

  // B03: what is malformed

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "\"s\"", "{", "{}"})
  void required_B03_refusesWhatIsNoMessage(String text) {
    assertMalformed(Bytes.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"serverId", "type", "event"})
  void required_B03_refusesWhatLacksANeededMember(String needed) {
    String complete = HEAD + ",\"target\":\"t\"}";
    assertMalformed(Bytes.of(complete.replace("\"" + needed + "\"", "\"other\"")));
    for (String other : List.of("\"\"", "null", "7", "[\"x\"]")) {
      assertMalformed(
          Bytes.of(complete.replaceFirst("(\"" + needed + "\":)\"[a-z]+\"", "$1" + other)));
    }
  }

  @Test
  void required_B03_leavesTypesAndTargetsToTheCore() {
    assertThat(message("{\"serverId\":\"s\",\"type\":\"canary\",\"event\":\"e\",\"target\":\"\"}"))
        .isEqualTo(new BusMessage("s", "canary", "", "e", null, List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"token\":\"secret\"}", "{\"secret\":secret}", "secret"})
  void required_B03_quotesNothingOfWhatItRefuses(String text) {
    DecodedBusMessage read = codec().busMessages().read(Bytes.of(text));
    assertThat(read).isInstanceOf(MalformedBusMessage.class);
    assertThat(((MalformedBusMessage) read).detail()).isNotEmpty().doesNotContain("secret");
  }

  // B04: writing

  @Test
  void required_B04_writesMembersInTheReferencesOrder() {
    assertThat(written(new BusMessage("s", "room", "t", "e", json("[1]"), List.of("a", "b"))))
        .isEqualTo(
            "{\"serverId\":\"s\",\"type\":\"room\",\"target\":\"t\",\"event\":\"e\",\"data\":[1],"
                + "\"exclude\":[\"a\",\"b\"]}");
  }

  @Test
  void required_B04_leavesOutWhatIsAbsent() {
    assertThat(written(new BusMessage("s", "broadcast", null, "e", null, List.of())))
        .isEqualTo("{\"serverId\":\"s\",\"type\":\"broadcast\",\"event\":\"e\"}");
    assertThat(written(new BusMessage("s", "broadcast", null, "e", Json.NULL, List.of())))
        .isEqualTo("{\"serverId\":\"s\",\"type\":\"broadcast\",\"event\":\"e\",\"data\":null}");
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void required_B04_writesWhatItReads(
      @ForAll String event,
      @ForAll String target,
      @ForAll("values") String data,
      @ForAll List<String> exclude) {
    BusMessage sent =
        new BusMessage("s" + event, "t" + target, target, "e" + event, json(data), exclude);
    assertThat(codec().busMessages().read(ByteBuffer.wrap(codec().busMessages().write(sent))))
        .isEqualTo(sent);
  }

  @Test
  void required_B04_writesALoneSurrogateAsAnEscape() {
    assertThat(written(new BusMessage("s", "room", "\ud800", "e", null, List.of("\udc00"))))
        .isEqualToIgnoringCase(
            "{\"serverId\":\"s\",\"type\":\"room\",\"target\":\"\\ud800\",\"event\":\"e\","
                + "\"exclude\":[\"\\udc00\"]}");
  }

  // B05: data unchanged, nothing thrown

  @ParameterizedTest
  @MethodSource("acceptedValues")
  void required_B05_passesDataUnchanged(String text) {
    assertThat(message(HEAD + ",\"data\": " + text + " }").data()).isEqualTo(json(text));
    assertThat(written(new BusMessage("s", "room", null, "e", json(text), List.of())))
        .isEqualTo(HEAD + ",\"data\":" + text + "}");
  }

  static List<String> acceptedValues() {
    return JsonTexts.accepted();
  }

  @Property(tries = 300)
  void required_B05_throwsForNoBytes(@ForAll byte[] bytes) {
    assertThatCode(() -> codec().busMessages().read(ByteBuffer.wrap(bytes)))
        .doesNotThrowAnyException();
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void required_B05_throwsForNoDamagedMessage(@ForAll("damaged") byte[] bytes) {
    assertThatCode(() -> codec().busMessages().read(ByteBuffer.wrap(bytes)))
        .doesNotThrowAnyException();
  }

  @Test
  void required_B05_keepsNoReferenceToTheBuffer() {
    String text = HEAD + ",\"data\":[1],\"exclude\":[\"a\"]}";
    byte[] bytes = text.getBytes(UTF_8);
    DecodedBusMessage read = codec().busMessages().read(ByteBuffer.wrap(bytes));
    Arrays.fill(bytes, (byte) '9');
    assertThat(read).isEqualTo(new BusMessage("s", "room", null, "e", json("[1]"), List.of("a")));
  }

  @Test
  void required_B05_readsBuffersOfEveryKindAndLeavesTheirPosition() {
    for (ByteBuffer buffer : Bytes.buffersOf(HEAD + ",\"exclude\":[\"a\"]}")) {
      int position = buffer.position();
      assertThat(codec().busMessages().read(buffer))
          .isEqualTo(new BusMessage("s", "room", null, "e", null, List.of("a")));
      assertThat(buffer.position()).isEqualTo(position);
    }
  }

  @Provide
  Arbitrary<String> values() {
    return JsonTexts.values();
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return Bytes.damaged(
        Arbitraries.oneOf(
            JsonTexts.values().map(data -> HEAD + ",\"data\":" + data + "}"),
            JsonTexts.values().map(element -> HEAD + ",\"exclude\":[" + element + ",\"a\"]}")));
  }

  private static Json json(String text) {
    return Json.trusted(text.getBytes(UTF_8));
  }

  private String written(BusMessage message) {
    return new String(codec().busMessages().write(message), UTF_8);
  }

  private BusMessage message(String text) {
    DecodedBusMessage read = codec().busMessages().read(Bytes.of(text));
    assertThat(read).isInstanceOf(BusMessage.class);
    return (BusMessage) read;
  }

  private void assertMalformed(ByteBuffer text) {
    assertThat(codec().busMessages().read(text)).isInstanceOf(MalformedBusMessage.class);
  }
}
