package dev.roomcast.testkit.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.JsonBindingException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@link dev.roomcast.port.codec.JsonMapper}. */
@SuppressWarnings("MemberName") // a test is named after its rule
public abstract class JsonMapperContract {

  /** A type of an application. */
  public record Point(int x, int y) {}

  /** A type of an application that passes JSON on. */
  public record Post(String to, @Nullable Json data) {}

  /** A type of an application that holds others of its kind. */
  public record Node(@Nullable Node next) {}

  /** The codec that is meant. */
  protected abstract Codec codec();

  // M01: writing what is JSON already

  @ParameterizedTest
  @MethodSource("acceptedValues")
  void required_M01_writesJsonAsItIs(String text) {
    assertThat(codec().mapper().toJson(json(text))).isEqualTo(json(text));
  }

  static List<String> acceptedValues() {
    return JsonTexts.accepted();
  }

  @Test
  void required_M01_writesNull() {
    assertThat(codec().mapper().toJson(null)).isEqualTo(Json.NULL);
  }

  // M02: reading without a type

  @ParameterizedTest
  @MethodSource("acceptedValues")
  void required_M02_readsJsonAsItIs(String text) {
    assertThat(codec().mapper().fromJson(json(text), Json.class)).isEqualTo(json(text));
  }

  @Test
  void required_M02_readsAnythingToObject() {
    assertThat(read("{\"a\":[1,\"b\",true,null]}", Object.class)).isInstanceOf(Map.class);
    assertThat(read("[1]", Object.class)).isInstanceOf(List.class);
    assertThat(read("\"b\"", Object.class)).isEqualTo("b");
    assertThat(read("1", Object.class)).isInstanceOf(Number.class);
    assertThat(read("1.5", Object.class)).isInstanceOf(Number.class);
    assertThat(read("123456789012345678901234567890", Object.class)).isInstanceOf(Number.class);
    assertThat(read("true", Object.class)).isEqualTo(true);
    assertThat(read("null", Object.class)).isNull();
    assertThat(read("{\"a\":null}", Object.class))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("a", null);
  }

  @Property(tries = 300)
  void required_M02_readsAnyStringThatItWrote(@ForAll String string) {
    assertThat(codec().mapper().fromJson(codec().mapper().toJson(string), Object.class))
        .isEqualTo(string);
  }

  @Property(tries = 300)
  void required_M02_readsWhatItWroteOfPlainValues(
      @ForAll List<String> names, @ForAll int number, @ForAll boolean flag) {
    Map<String, Object> value = Map.of("names", names, "number", number, "flag", flag);
    assertThat(codec().mapper().fromJson(codec().mapper().toJson(value), Object.class))
        .isEqualTo(value);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void required_M02_readsAnyJsonToObjectOrSaysThatItDoesNotBind(@ForAll("values") String text) {
    try {
      codec().mapper().fromJson(json(text), Object.class);
    } catch (JsonBindingException e) {
      assertThat(e).hasMessageContaining("Object");
    }
  }

  // M03: binding

  @Test
  void required_M03_bindsDeclaredTypes() {
    assertThat(read("{\"x\":1,\"y\":-2}", Point.class)).isEqualTo(new Point(1, -2));
    assertThat(read("\"a\"", String.class)).isEqualTo("a");
    assertThat(read("7", Integer.class)).isEqualTo(7);
    assertThat(read("[\"a\",\"b\"]", String[].class)).isEqualTo(new String[] {"a", "b"});
  }

  @Test
  void required_M03_bindsGenericTypes() throws NoSuchMethodException {
    Type points = JsonMapperContract.class.getDeclaredMethod("points").getGenericReturnType();
    assertThat(read("[{\"x\":1,\"y\":2}]", points)).isEqualTo(points());
  }

  /** Declares a generic type for reflection. */
  static List<Point> points() {
    return List.of(new Point(1, 2));
  }

  @Test
  void required_M03_writesDeclaredTypes() {
    assertThat(codec().mapper().fromJson(codec().mapper().toJson(new Point(1, -2)), Point.class))
        .isEqualTo(new Point(1, -2));
  }

  @Test
  void required_M03_ignoresUnknownMembers() {
    assertThat(read("{\"z\":{\"x\":[7]},\"x\":1,\"y\":2,\"\":null}", Point.class))
        .isEqualTo(new Point(1, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "[1,2]", "\"secret\"", "7", "{\"x\":\"secret\",\"y\":1}", "{\"x\":[]}"})
  void required_M03_namesTheTypeThatTheTextDoesNotBindTo(String text) {
    assertThatThrownBy(() -> read(text, Point.class))
        .isInstanceOf(JsonBindingException.class)
        .hasMessageContaining("Point");
  }

  @Test
  void required_M03_failsOrdinarilyForWhatIsNestedTooDeepToBind() {
    String deep = "{\"next\":".repeat(990) + "null" + "}".repeat(990);
    try {
      assertThat(read(deep, Node.class)).isInstanceOf(Node.class);
    } catch (JsonBindingException e) {
      assertThat(e).hasMessageContaining("Node");
    }
  }

  @Test
  void required_M03_namesTheTypeThatCannotBeWritten() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    assertThatThrownBy(() -> codec().mapper().toJson(endless))
        .isInstanceOf(JsonBindingException.class)
        .hasMessageContaining("ArrayList");
  }

  // M04: JSON within other values

  @ParameterizedTest
  @MethodSource("bindableValues")
  void required_M04_writesAndReadsJsonWithinAValueUnchanged(String text) {
    Json written = codec().mapper().toJson(new Post("é😀", json(text)));
    assertThat(written.toString()).contains(text);
    assertThat(codec().mapper().fromJson(written, Post.class))
        .isEqualTo(new Post("é😀", json(text)));
  }

  static List<String> bindableValues() {
    return JsonTexts.bindable();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void required_M04_readsAnyJsonWithinAValueUnchanged(
      @ForAll("bindable") String text,
      @ForAll("spaces") String before,
      @ForAll("spaces") String after) {
    assertThat(read("{\"to\":\"é😀\",\"data\":" + before + text + after + "}", Post.class))
        .isEqualTo(new Post("é😀", json(text)));
  }

  @Test
  void required_M04_tellsNullFromAbsent() {
    assertThat(read("{\"to\":\"a\",\"data\":null}", Post.class))
        .isEqualTo(new Post("a", Json.NULL));
    assertThat(read("{\"to\":\"a\"}", Post.class)).isEqualTo(new Post("a", null));
  }

  @Test
  void required_M04_writesJsonAsAnElement() {
    assertThat(codec().mapper().toJson(List.of(json("1.0"), json("{\"b\":1,\"a\":2}"))))
        .isEqualTo(json("[1.0,{\"b\":1,\"a\":2}]"));
  }

  // M05: results that an envelope can carry

  @ParameterizedTest
  @MethodSource("acceptedValues")
  void required_M05_parsesJsonUnchanged(String text) {
    assertThat(codec().mapper().parse(text)).isEqualTo(json(text));
    assertThat(codec().mapper().parse(" \r\n\t" + text + "\n")).isEqualTo(json(text));
  }

  @ParameterizedTest
  @MethodSource("refusedValues")
  void required_M05_parsesNothingElse(String text) {
    assertThatThrownBy(() -> codec().mapper().parse(text)).isInstanceOf(JsonBindingException.class);
    assertThatThrownBy(() -> codec().mapper().parse("[" + text + ",1]"))
        .isInstanceOf(JsonBindingException.class);
  }

  static List<String> refusedValues() {
    return JsonTexts.refused();
  }

  @Test
  void required_M05_parsesNoDeeperThanAnEnvelopeCarries() {
    String deepest = "[".repeat(999) + "]".repeat(999);
    assertCarried(codec().mapper().parse(deepest));
    assertThatThrownBy(() -> codec().mapper().parse("[" + deepest + "]"))
        .isInstanceOf(JsonBindingException.class);
  }

  @Test
  void required_M05_escapesLoneSurrogates() {
    for (String lone : List.of("\ud800", "\udc00", "a\udc00\ud800b", "\ud800\ud800\udc00")) {
      Json written = codec().mapper().toJson(lone);
      assertCarried(written);
      assertThat(codec().mapper().fromJson(written, Object.class)).isEqualTo(lone);
      assertCarried(codec().mapper().toJson(Map.of(lone, lone)));
      try {
        assertCarried(codec().mapper().parse("\"" + lone + "\""));
      } catch (JsonBindingException e) {
        assertThat(e).hasMessageNotContaining(lone);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1e300, Double.MIN_VALUE})
  void required_M05_writesNumbersAsJsonOrNotAtAll(double number) {
    try {
      assertCarried(codec().mapper().toJson(number));
    } catch (JsonBindingException e) {
      assertThat(e).hasMessageContaining("Double");
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void required_M05_writesWhatAnEnvelopeCarries(
      @ForAll String string, @ForAll List<Integer> numbers, @ForAll("values") String text) {
    assertCarried(codec().mapper().toJson(List.of(Map.of(string, numbers), json(text))));
  }

  private void assertCarried(Json data) {
    byte[] message = codec().envelopes().write("e", data, null);
    assertThat(codec().envelopes().read(ByteBuffer.wrap(message)))
        .isEqualTo(new Envelope("e", data, null));
  }

  @Provide
  Arbitrary<String> values() {
    return JsonTexts.values();
  }

  @Provide
  Arbitrary<String> bindable() {
    return JsonTexts.values()
        .filter(text -> !text.contains("\\ud800") && !text.contains("\\uDFFF"));
  }

  @Provide
  Arbitrary<String> spaces() {
    return JsonTexts.spaces();
  }

  private @Nullable Object read(String text, Type type) {
    return codec().mapper().fromJson(json(text), type);
  }

  private static Json json(String text) {
    return Json.trusted(text.getBytes(UTF_8));
  }
}
