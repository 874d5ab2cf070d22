package dev.roomcast.testkit.codec;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts that are one JSON value by RFC 8259, and texts that are none. */
public final class JsonTexts {
  private static final String LONG_DIGITS = "1234567890".repeat(2_000);

  /** Over this many digits a number need not bind to a type. */
  private static final int BINDABLE_DIGITS = 1_000;

  private JsonTexts() {}

  /** Values that must pass as they are: what parsers change, refuse or lose. */
  public static List<String> accepted() {
    return List.of(
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-0.0",
        "1.0",
        "1.10",
        "1E5",
        "1e+5",
        "1E-05",
        "0e0",
        "12345678901234567890123456789",
        "0.1000000000000000055511151231257827",
        "1e400",
        "-1e-400",
        "1e999999999999",
        LONG_DIGITS,
        "-" + LONG_DIGITS + "." + LONG_DIGITS + "e" + LONG_DIGITS,
        "\"\"",
        "\" \"",
        "\"\\u0000\"",
        "\"\\u0041\\u00e9\\/\\\"\\\\\\b\\f\\n\\r\\t\"",
        "\"\\uD83D\\ude00\"",
        "\"\\ud800\"",
        "\"\\uDC00\\uD800\"",
        "\"é€😀\"",
        "\"\u007f\u0080\u2028\u2029\ufeff\uffff\"",
        "\"" + "x".repeat(60_000) + "\"",
        "[]",
        "[ ]",
        "{}",
        "{\t}",
        "[1,2]",
        "[ 1 ,\n2\r]",
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"\":{\"\":[]}}",
        "{\"\\u0061\":1}",
        "{\"" + "n".repeat(60_000) + "\":1}",
        "[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]");
  }

  /** Those of {@link #accepted} that bind to a type also as part of another value. */
  public static List<String> bindable() {
    return accepted().stream()
        .filter(text -> text.length() <= BINDABLE_DIGITS || !text.contains(LONG_DIGITS))
        .toList();
  }

  /** What is no value, in the place of one. */
  public static List<String> refused() {
    return List.of(
        "",
        "nul",
        "Null",
        "TRUE",
        "truex",
        "undefined",
        "NaN",
        "Infinity",
        "-Infinity",
        "-",
        "+1",
        "01",
        "-01",
        "00",
        ".5",
        "1.",
        "1.e5",
        "1e",
        "1e+",
        "1e5.5",
        "0x10",
        "1_000",
        "1 2",
        "'a'",
        "a",
        "\"",
        "\"\\\"",
        "\"\\",
        "\"\\x41\"",
        "\"\\'\"",
        "\"\\u12\"",
        "\"\\u123\"",
        "\"\\u123g\"",
        "\"\\u12g4\"",
        "\"\\U0041\"",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"a\u0000b\"",
        "\"a\u001fb\"",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[,]",
        "[1,,2]",
        "[1 2]",
        "[1:2]",
        "[1}",
        "{",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\"::1}",
        "{\"a\",1}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{null:1}",
        "{[]:1}",
        "1//",
        "/**/1",
        "1#",
        "\f1",
        "\u000b1",
        "\u00a01",
        "\u20281",
        "\ufeff1",
        "\u00001",
        "1\u0000",
        "\u001e1");
  }

  /** Any one value without white space around it; objects may repeat a name. */
  public static Arbitrary<String> values() {
    return Arbitraries.recursive(JsonTexts::scalars, JsonTexts::containers, 0, 4);
  }

  /** White space that may stand between tokens. */
  public static Arbitrary<String> spaces() {
    return Arbitraries.strings().withChars(' ', '\n', '\r', '\t').ofMaxLength(3);
  }

  /** A string's text with its quotes. */
  public static Arbitrary<String> strings() {
    Arbitrary<String> plain =
        Arbitraries.strings()
            .withCharRange(' ', '~')
            .excludeChars('"', '\\')
            .ofMinLength(1)
            .ofMaxLength(12);
    Arbitrary<String> wide = Arbitraries.of("é", "€", "😀", "\u007f", "\u2028", "\ufeff", "\uffff");
    Arbitrary<String> escaped =
        Arbitraries.of(
            "\\\"",
            "\\\\",
            "\\/",
            "\\b",
            "\\f",
            "\\n",
            "\\r",
            "\\t",
            "\\u0000",
            "\\u00e9",
            "\\uD83D\\ude00",
            "\\ud800",
            "\\uDFFF");
    return Arbitraries.oneOf(plain, wide, escaped)
        .list()
        .ofMaxSize(5)
        .map(parts -> "\"" + String.join("", parts) + "\"");
  }

  private static Arbitrary<String> scalars() {
    return Arbitraries.oneOf(Arbitraries.of("null", "true", "false"), numbers(), strings());
  }

  private static Arbitrary<String> numbers() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(25);
    Arbitrary<String> whole =
        Arbitraries.oneOf(Arbitraries.just("0"), digits.map(some -> "7" + some));
    Arbitrary<String> fraction =
        Arbitraries.oneOf(Arbitraries.just(""), digits.map(some -> "." + some));
    Arbitrary<String> exponent =
        Combinators.combine(Arbitraries.of("", "e", "E", "e+", "E-"), digits)
            .as((sign, some) -> sign.isEmpty() ? "" : sign + some);
    return Combinators.combine(Arbitraries.of("", "-"), whole, fraction, exponent)
        .as((sign, before, after, power) -> sign + before + after + power);
  }

  private static Arbitrary<String> containers(Arbitrary<String> value) {
    Arbitrary<String> element =
        Combinators.combine(spaces(), value, spaces()).as((left, it, right) -> left + it + right);
    Arbitrary<String> member =
        Combinators.combine(spaces(), strings(), spaces(), element)
            .as((left, name, right, it) -> left + name + right + ":" + it);
    return Arbitraries.oneOf(
        Arbitraries.of("[]", "{}", "[ ]", "{\n}"),
        element.list().ofMinSize(1).ofMaxSize(4).map(all -> joined("[", all, "]")),
        member.list().ofMinSize(1).ofMaxSize(4).map(all -> joined("{", all, "}")));
  }

  private static String joined(String before, List<String> parts, String after) {
    return parts.stream().collect(Collectors.joining(",", before, after));
  }
}
