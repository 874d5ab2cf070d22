package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.conformance.Payloads.octets;
import static dev.roomcast.testkit.conformance.Payloads.utf8;
import static dev.roomcast.testkit.transport.ClientFrames.BINARY;
import static dev.roomcast.testkit.transport.ClientFrames.CLOSE;
import static dev.roomcast.testkit.transport.ClientFrames.CONTINUATION;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.PING;
import static dev.roomcast.testkit.transport.ClientFrames.PONG;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static dev.roomcast.testkit.transport.ClientFrames.text;
import static dev.roomcast.testkit.transport.ClientFrames.unmasked;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** 8: clients mask, with any key. */
final class Masks {
  private Masks() {}

  static List<Group> groups() {
    return List.of(
        Group.of("8.1", "5.1", "frames without a mask", missing()),
        Group.of("8.2", "5.3", "keys of a special form", special()),
        Group.of("8.3", "5.3", "payloads of each length to 17", lengths()),
        Group.of("8.4", "5.3", "a key for each frame", oneForEach()));
  }

  private static List<Case> missing() {
    // UTF-8, and the close code 3137.
    String payload = "\fA";
    return List.of(
        Case.of("a text").sends(unmasked(FIN | TEXT, payload)).fails(1002),
        Case.of("an empty text").sends(unmasked(FIN | TEXT, "")).fails(1002),
        Case.of("a binary message").sends(unmasked(FIN | BINARY, payload)).fails(1002),
        Case.of("a first fragment").sends(unmasked(TEXT, payload)).fails(1002),
        Case.of("a last fragment")
            .sends(frame(TEXT, utf8("x")), unmasked(FIN | CONTINUATION, payload))
            .fails(1002),
        Case.of("a ping").sends(unmasked(FIN | PING, payload)).fails(1002),
        Case.of("an empty ping").sends(unmasked(FIN | PING, "")).fails(1002),
        Case.of("a pong").sends(unmasked(FIN | PONG, payload)).fails(1002),
        Case.of("a close").sends(unmasked(FIN | CLOSE, payload)).fails(1002),
        Case.of("a close without payload").sends(unmasked(FIN | CLOSE, "")).fails(1002),
        Case.of("a text after a masked one")
            .sends(text("x"), unmasked(FIN | TEXT, payload))
            .echoes("x")
            .fails(1002));
  }

  private static List<Case> special() {
    List<Case> cases = new ArrayList<>();
    for (int mask : new int[] {0, -1, 1, 0x8000_0000, 0x0102_0304, 0xFF00_00FF, 0x00FF_FF00}) {
      byte[] octets = octets(300);
      cases.add(
          Case.of("a binary message with %08x".formatted(mask))
              .sends(frame(FIN | BINARY, octets, mask))
              .echoes(octets));
      cases.add(
          Case.of("a text, a ping and a close with %08x".formatted(mask))
              .sends(
                  frame(FIN | TEXT, utf8("é€"), mask),
                  frame(FIN | PING, utf8("p"), mask),
                  frame(FIN | CLOSE, utf8("\fA"), mask))
              .echoes("é€")
              .pongs(utf8("p"))
              .answered(3137));
    }
    return cases;
  }

  private static List<Case> lengths() {
    return IntStream.rangeClosed(0, 17)
        .mapToObj(
            length ->
                Case.of("%d bytes".formatted(length))
                    .sends(frame(FIN | BINARY, octets(length), 0x9A1B_C3D5))
                    .echoes(octets(length)))
        .toList();
  }

  private static List<Case> oneForEach() {
    return List.of(
        Case.of("of a message in fragments")
            .sends(
                frame(TEXT, utf8("abc"), 0x1122_3344),
                frame(CONTINUATION, utf8("defgh"), 0x5566_7788),
                frame(FIN | CONTINUATION, utf8("i"), 0x99AA_BBCC))
            .echoes("abcdefghi"),
        Case.of("of messages in one write")
            .sends(
                frame(FIN | TEXT, utf8("abc"), 0x1122_3344),
                frame(FIN | TEXT, utf8("abc"), 0x5566_7788))
            .echoes("abc")
            .echoes("abc"));
  }
}
