package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.conformance.Payloads.hex;
import static dev.roomcast.testkit.conformance.Payloads.letters;
import static dev.roomcast.testkit.conformance.Payloads.ping;
import static dev.roomcast.testkit.conformance.Payloads.utf8;
import static dev.roomcast.testkit.transport.ClientFrames.CONTINUATION;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static dev.roomcast.testkit.transport.ClientFrames.close;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static dev.roomcast.testkit.transport.ClientFrames.join;
import static dev.roomcast.testkit.transport.ClientFrames.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** 7: closing, by the client and by the server. */
final class Closes {
  /** What a client that has broken a rule breaks it with. */
  private static final byte[] VIOLATION = frame(FIN | 0x3, new byte[0]);

  private Closes() {}

  static List<Group> groups() {
    return List.of(
        Group.of("7.1", "7.4", "codes that may be sent", validCodes()),
        Group.of("7.2", "7.4", "codes that may not be sent", invalidCodes()),
        Group.of("7.3", "5.5.1", "reasons", reasons()),
        Group.of("7.4", "5.5.1", "the client closes", byTheClient()),
        Group.of("7.5", "7.1", "the server closes", byTheServer()));
  }

  private static List<Case> validCodes() {
    return IntStream.of(
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001,
            3999, 4000, 4001, 4998, 4999)
        .mapToObj(code -> Case.of("code " + code).sends(close(code, "")).answered(code))
        .toList();
  }

  private static List<Case> invalidCodes() {
    return IntStream.of(
            0, 1, 500, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 5999,
            65_535)
        .mapToObj(code -> Case.of("code " + code).sends(close(code, "why")).fails(1002))
        .toList();
  }

  private static List<Case> reasons() {
    List<Case> cases = new ArrayList<>();
    cases.add(Case.of("neither code nor reason").sends(closeOf("")).answered(1005));
    cases.add(Case.of("half a code").sends(closeOf("03")).fails(1002));
    for (int length : new int[] {1, 122, 123}) {
      cases.add(
          Case.of("a reason of %d bytes".formatted(length))
              .sends(close(4000, "x".repeat(length)))
              .answered(4000));
    }
    cases.add(Case.of("a reason of 124 bytes").sends(close(4000, "x".repeat(124))).fails(1002));
    cases.add(
        Case.of("a reason of 41 characters of three bytes")
            .sends(close(4000, "€".repeat(41)))
            .answered(4000));
    for (String digits :
        List.of("80", "c3", "c080", "e282", "eda080", "edbfbf", "f4908080", "ff", "6162e28263")) {
      cases.add(
          Case.of("a reason that is no UTF-8: " + digits)
              .sends(closeOf("03e8" + digits))
              .fails(1007));
    }
    return cases;
  }

  /** A close frame of any payload. */
  private static byte[] closeOf(String digits) {
    return Payloads.close(hex(digits));
  }

  private static List<Case> byTheClient() {
    byte[] bye = close(1000, "bye");
    return List.of(
        Case.of("one byte at a time").inPieces(1, bye).answered(1000),
        Case.of("after a text, in the same write").sends(text("x"), bye).echoes("x").answered(1000),
        Case.of("after a ping, in the same write")
            .sends(ping("p"), bye)
            .pongs(utf8("p"))
            .answered(1000),
        Case.of("a text after it").sends(bye, text("unheard")).answered(1000),
        Case.of("a ping after it").sends(bye, ping("unheard")).answered(1000),
        Case.of("a second one after it").sends(bye, close(4000, "")).answered(1000),
        Case.of("a violation after it").sends(bye, VIOLATION).answered(1000),
        Case.of("no frames after it").sends(bye, letters(5000)).answered(1000),
        Case.of("the end of the stream after it").sends(bye).endsStream().answered(1000),
        Case.of("within a message in fragments")
            .sends(frame(TEXT, utf8("x")), bye, frame(FIN | CONTINUATION, utf8("y")))
            .answered(1000));
  }

  private static List<Case> byTheServer() {
    byte[] many =
        join(IntStream.range(0, 500).mapToObj(i -> text("unheard")).toArray(byte[][]::new));
    return List.of(
        Case.of("a text after it").sends(VIOLATION).fails(1002).sends(text("unheard")),
        Case.of("a ping after it").sends(VIOLATION).fails(1002).sends(ping("unheard")),
        Case.of("500 texts after it").sends(VIOLATION).fails(1002).sends(many),
        Case.of("500 texts in the same write").sends(VIOLATION, many).fails(1002),
        Case.of("a second violation after it").sends(VIOLATION).fails(1002).sends(VIOLATION),
        Case.of("malformed text after it")
            .sends(VIOLATION)
            .fails(1002)
            .sends(frame(FIN | TEXT, hex("ff"))),
        Case.of("an invalid close after it").sends(VIOLATION).fails(1002).sends(closeOf("03")),
        Case.of("the end of the stream after it").sends(VIOLATION).fails(1002).endsStream(),
        Case.of("the end of the stream within a frame")
            .sends(VIOLATION)
            .fails(1002)
            .sends(new byte[] {(byte) 0x81})
            .endsStream(),
        Case.of("a close in the same write").sends(VIOLATION, close(1000, "")).answered(1002),
        Case.of("within a message in fragments")
            .sends(frame(TEXT, utf8("x")), VIOLATION, frame(FIN | CONTINUATION, utf8("y")))
            .fails(1002));
  }
}
