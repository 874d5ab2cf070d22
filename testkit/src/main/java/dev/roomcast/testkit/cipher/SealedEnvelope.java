package dev.roomcast.testkit.cipher;

import dev.roomcast.port.cipher.CipherException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two parts of an {@code encrypted} envelope.
 *
 * @param iv base64
 * @param ct base64
 */
record SealedEnvelope(String iv, String ct) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\{\"event\":\"encrypted\",\"data\":\\{\"iv\":\"([^\"]*)\",\"ct\":\"([^\"]*)\"}}");

  static SealedEnvelope of(byte[] utf8) {
    return of(new String(utf8, StandardCharsets.UTF_8));
  }

  static SealedEnvelope of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new CipherException("not an encrypted envelope: " + text, null);
    }
    return new SealedEnvelope(parts.group(1), parts.group(2));
  }

  byte[] ivBytes() {
    return Base64.getDecoder().decode(iv);
  }

  byte[] ctBytes() {
    return Base64.getDecoder().decode(ct);
  }

  SealedEnvelope withIv(byte[] bytes) {
    return new SealedEnvelope(Base64.getEncoder().encodeToString(bytes), ct);
  }

  SealedEnvelope withCt(byte[] bytes) {
    return new SealedEnvelope(iv, Base64.getEncoder().encodeToString(bytes));
  }
}
