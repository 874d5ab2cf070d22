package dev.roomcast.testkit.codec;

import java.util.HexFormat;
import java.util.List;

/** Byte sequences that are no UTF-8 by RFC 3629, wherever they stand. */
public final class MalformedUtf8 {
  private MalformedUtf8() {}

  /** In hexadecimal digits: the first and last of each kind. */
  public static List<String> sequences() {
    return List.of(
        "80", // a continuation without a beginning
        "bf",
        "c3", // a beginning without its continuation
        "e282",
        "f09f98",
        "c328",
        "e28228",
        "f09f9828",
        "c080", // longer than need be
        "c0af",
        "c1bf",
        "e08080",
        "e09fbf",
        "f0808080",
        "f08fbfbf",
        "eda080", // surrogates, single and in pairs
        "edafbf",
        "edb080",
        "edbfbf",
        "eda0bdedb880",
        "f4908080", // above U+10FFFF
        "f5808080",
        "f7bfbfbf",
        "f888808080", // forms of five and six bytes
        "fc8480808080",
        "fe",
        "ff");
  }

  /** The sequence between two pieces of ASCII. */
  static byte[] within(String before, String sequence, String after) {
    byte[] broken = HexFormat.of().parseHex(sequence);
    byte[] message = new byte[before.length() + broken.length + after.length()];
    Bytes.put(before, message, 0);
    System.arraycopy(broken, 0, message, before.length(), broken.length);
    Bytes.put(after, message, before.length() + broken.length);
    return message;
  }
}
