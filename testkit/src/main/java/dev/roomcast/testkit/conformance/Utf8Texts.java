package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.conformance.Payloads.after;
import static dev.roomcast.testkit.conformance.Payloads.binary;
import static dev.roomcast.testkit.conformance.Payloads.hex;
import static dev.roomcast.testkit.conformance.Payloads.ping;
import static dev.roomcast.testkit.conformance.Payloads.upTo;
import static dev.roomcast.testkit.conformance.Payloads.utf8;
import static dev.roomcast.testkit.transport.ClientFrames.BINARY;
import static dev.roomcast.testkit.transport.ClientFrames.CONTINUATION;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.MASK;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static dev.roomcast.testkit.transport.ClientFrames.header;
import static dev.roomcast.testkit.transport.ClientFrames.join;
import static dev.roomcast.testkit.transport.ClientFrames.mask;
import static dev.roomcast.testkit.transport.ClientFrames.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roomcast.testkit.codec.MalformedUtf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** 6: texts are UTF-8, however they are cut. */
final class Utf8Texts {
  /** A character of each length. */
  private static final byte[] EACH_LENGTH = utf8("aµ€😀");

  /** Ends in the middle of a character, which only the end of the message makes wrong. */
  private static final Set<String> CUT_SHORT = Set.of("c3", "e282", "f09f98");

  private Utf8Texts() {}

  static List<Group> groups() {
    return List.of(
        Group.of("6.1", "8.1", "what is UTF-8", valid()),
        Group.of("6.2", "5.6", "characters cut by fragments", cutByFragments()),
        Group.of("6.3", "8.1", "what is no UTF-8, in one frame", malformed()),
        Group.of("6.4", "8.1", "what is no UTF-8, each byte a fragment", malformedInFragments()),
        Group.of("6.5", "8.1", "noticed before the message ends", beforeTheMessageEnds()),
        Group.of("6.6", "8.1", "noticed before the frame ends", beforeTheFrameEnds()),
        Group.of("6.7", "5.6", "binary messages that are no UTF-8", binaries()));
  }

  private static List<Case> valid() {
    List<Case> cases = new ArrayList<>();
    for (int point :
        new int[] {
          0x0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xCFFF, 0xD000, 0xD7FF, 0xE000, 0xFDD0,
          0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x1_0000, 0x1_FFFE, 0x3_FFFF, 0x4_0000, 0xF_FFFF,
          0x10_0000, 0x10_FFFF
        }) {
      String text = Character.toString(point);
      cases.add(Case.of("U+%04X".formatted(point)).sends(text(text)).echoes(text));
    }
    for (String text :
        List.of("κόσμε", "Hello-µ@ßöäüàá-UTF-8!!", "\uFEFFa", "e\u0301", "👩‍👩‍👧")) {
      cases.add(Case.of(text).inPieces(1, text(text)).echoes(text));
    }
    return cases;
  }

  private static List<Case> cutByFragments() {
    List<Case> cases = new ArrayList<>();
    String text = new String(EACH_LENGTH, UTF_8);
    for (int cut = 0; cut <= EACH_LENGTH.length; cut++) {
      cases.add(
          Case.of("after %d bytes of 10".formatted(cut))
              .sends(
                  frame(TEXT, upTo(EACH_LENGTH, cut)),
                  frame(FIN | CONTINUATION, after(EACH_LENGTH, cut)))
              .echoes(text));
      cases.add(
          Case.of("after %d bytes of 10, and answered in between".formatted(cut))
              .sends(frame(TEXT, upTo(EACH_LENGTH, cut)), ping("p"))
              .pongs(utf8("p"))
              .sends(frame(FIN | CONTINUATION, after(EACH_LENGTH, cut)))
              .echoes(text));
    }
    return cases;
  }

  private static List<Case> malformed() {
    return MalformedUtf8.sequences().stream()
        .map(
            digits ->
                Case.of(digits)
                    .sends(frame(FIN | TEXT, join(utf8("κό"), hex(digits))), text("unheard"))
                    .fails(1007))
        .toList();
  }

  private static List<Case> malformedInFragments() {
    return MalformedUtf8.sequences().stream()
        .map(
            digits ->
                Case.of(digits)
                    .sends(
                        frame(TEXT, utf8("κό")),
                        eachByte(hex(digits)),
                        frame(FIN | CONTINUATION, new byte[0]))
                    .fails(1007))
        .toList();
  }

  private static byte[] eachByte(byte[] payload) {
    return join(
        IntStream.range(0, payload.length)
            .mapToObj(i -> frame(CONTINUATION, new byte[] {payload[i]}))
            .toArray(byte[][]::new));
  }

  private static List<Case> beforeTheMessageEnds() {
    return MalformedUtf8.sequences().stream()
        .filter(digits -> !CUT_SHORT.contains(digits))
        .map(
            digits ->
                Case.of(digits)
                    .sends(frame(TEXT, utf8("κό")), frame(CONTINUATION, hex(digits)))
                    .fails(1007)
                    .sends(frame(FIN | CONTINUATION, utf8("unheard"))))
        .toList();
  }

  private static List<Case> beforeTheFrameEnds() {
    return MalformedUtf8.sequences().stream()
        .filter(digits -> !CUT_SHORT.contains(digits))
        .map(
            digits ->
                Case.of(digits)
                    .sends(header(FIN | TEXT, 1000), mask(join(utf8("κόσμ"), hex(digits)), MASK))
                    .fails(1007)
                    .endsStream())
        .toList();
  }

  private static List<Case> binaries() {
    List<Case> cases = new ArrayList<>();
    for (String digits : List.of("80", "c3", "c080", "eda080", "f4908080", "ff")) {
      byte[] payload = hex(digits);
      cases.add(Case.of(digits).sends(binary(payload)).echoes(payload));
      cases.add(
          Case.of(digits + ", in fragments")
              .sends(frame(BINARY, payload), frame(FIN | CONTINUATION, payload))
              .echoes(join(payload, payload)));
    }
    return cases;
  }
}
