package dev.roomcast.jackson.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * Strings between Java and the inside of JSON's quotes. Written as {@code JSON.stringify} does, so
 * that a mixed cluster cannot tell us from the reference: the short escapes where there are any,
 * {@code \\u} and small hexadecimal digits for other control characters and for a surrogate without
 * its other half, which UTF-8 has no form for.
 */
final class Escapes {
  private static final HexFormat HEX = HexFormat.of();

  private Escapes() {}

  /** The text between the quotes, as UTF-8. */
  static byte[] encode(String string) {
    for (int at = 0; at < string.length(); at++) {
      char c = string.charAt(at);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        return escaped(string, at).getBytes(UTF_8);
      }
    }
    return string.getBytes(UTF_8);
  }

  /** JSON text as UTF-8, in which lone surrogates, possible only within strings, are escaped. */
  static byte[] encodeText(String json) {
    for (int at = 0; at < json.length(); at++) {
      if (isLoneSurrogate(json, at)) {
        StringBuilder mended = new StringBuilder(json.length() + 16);
        for (int from = 0; from < json.length(); from++) {
          appendUnit(mended, json, from);
        }
        return mended.toString().getBytes(UTF_8);
      }
    }
    return json.getBytes(UTF_8);
  }

  private static String escaped(String string, int clean) {
    StringBuilder out = new StringBuilder(string.length() + 16).append(string, 0, clean);
    for (int at = clean; at < string.length(); at++) {
      char c = string.charAt(at);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u").append(HEX.toHexDigits(c));
          } else {
            appendUnit(out, string, at);
          }
        }
      }
    }
    return out.toString();
  }

  private static void appendUnit(StringBuilder out, String string, int at) {
    if (isLoneSurrogate(string, at)) {
      out.append("\\u").append(HEX.toHexDigits(string.charAt(at)));
    } else {
      out.append(string.charAt(at));
    }
  }

  private static boolean isLoneSurrogate(String string, int at) {
    char c = string.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == string.length() || !Character.isLowSurrogate(string.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(string.charAt(at - 1)));
  }

  /**
   * The string that the text between two quotes stands for.
   *
   * @param text of which {@link JsonScanner} has seen that every escape is whole
   */
  static String decode(String text) {
    int escape = text.indexOf('\\');
    if (escape < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    while (escape >= 0) {
      out.append(text, from, escape);
      char kind = text.charAt(escape + 1);
      from = escape + 2;
      switch (kind) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append((char) HexFormat.fromHexDigits(text, from, from + 4));
          from += 4;
        }
        default -> out.append(kind);
      }
      escape = text.indexOf('\\', from);
    }
    return out.append(text, from, text.length()).toString();
  }
}
