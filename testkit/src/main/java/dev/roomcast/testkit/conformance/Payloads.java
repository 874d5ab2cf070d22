package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.transport.ClientFrames.BINARY;
import static dev.roomcast.testkit.transport.ClientFrames.CLOSE;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.PING;
import static dev.roomcast.testkit.transport.ClientFrames.PONG;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;

/** What frames are filled with, and the frames that most cases need. Pure. */
final class Payloads {
  private Payloads() {}

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** ASCII whose bytes differ from their neighbours, so that a shift is seen. */
  static byte[] letters(int length) {
    byte[] letters = new byte[length];
    for (int i = 0; i < length; i++) {
      letters[i] = (byte) ('!' + i % 89);
    }
    return letters;
  }

  /** All values of a byte, one after the other. */
  static byte[] octets(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (i * 131);
    }
    return octets;
  }

  static byte[] after(byte[] bytes, int start) {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  static byte[] upTo(byte[] bytes, int end) {
    return Arrays.copyOf(bytes, end);
  }

  static byte[] binary(byte[] payload) {
    return frame(FIN | BINARY, payload);
  }

  static byte[] ping(byte[] payload) {
    return frame(FIN | PING, payload);
  }

  static byte[] ping(String payload) {
    return ping(utf8(payload));
  }

  static byte[] pong(String payload) {
    return frame(FIN | PONG, utf8(payload));
  }

  /** A close with a payload that need not be code and reason. */
  static byte[] close(byte[] payload) {
    return frame(FIN | CLOSE, payload);
  }
}
