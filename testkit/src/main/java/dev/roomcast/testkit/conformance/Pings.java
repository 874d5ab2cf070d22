package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.conformance.Payloads.letters;
import static dev.roomcast.testkit.conformance.Payloads.octets;
import static dev.roomcast.testkit.conformance.Payloads.ping;
import static dev.roomcast.testkit.conformance.Payloads.pong;
import static dev.roomcast.testkit.conformance.Payloads.utf8;
import static dev.roomcast.testkit.transport.ClientFrames.CLOSE;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.PING;
import static dev.roomcast.testkit.transport.ClientFrames.PONG;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static dev.roomcast.testkit.transport.ClientFrames.join;
import static dev.roomcast.testkit.transport.ClientFrames.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** 2: pings, pongs, and what no control frame may be. */
final class Pings {
  private static final Map<Integer, String> CONTROL =
      new TreeMap<>(Map.of(PING, "ping", PONG, "pong", CLOSE, "close"));

  private Pings() {}

  static List<Group> groups() {
    return List.of(
        Group.of("2.1", "5.5.3", "a pong repeats the ping's payload", payloads()),
        Group.of("2.2", "5.5.3", "pongs that nobody asked for", unsolicited()),
        Group.of("2.3", "5.5.2", "pings among others", among()),
        Group.of("2.4", "5.5", "control frames that are too long", tooLong()),
        Group.of("2.5", "5.5", "control frames in fragments", fragmented()));
  }

  private static List<Case> payloads() {
    List<Case> cases = new ArrayList<>();
    for (int length : new int[] {0, 1, 2, 3, 4, 5, 124, 125}) {
      byte[] payload = letters(length);
      cases.add(
          Case.of("a ping of %d bytes".formatted(length)).sends(ping(payload)).pongs(payload));
    }
    cases.add(Case.of("a ping that is no UTF-8").sends(ping(octets(125))).pongs(octets(125)));
    cases.add(Case.of("a ping of zeros").sends(ping(new byte[8])).pongs(new byte[8]));
    cases.add(
        Case.of("a ping of 125 bytes, one at a time")
            .inPieces(1, ping(letters(125)))
            .pongs(letters(125)));
    cases.add(
        Case.of("a ping of 125 bytes, 60 at a time")
            .inPieces(60, ping(letters(125)))
            .pongs(letters(125)));
    return cases;
  }

  private static List<Case> unsolicited() {
    return List.of(
        Case.of("an empty one").sends(pong(""), text("x")).echoes("x"),
        Case.of("one of 125 bytes").sends(pong("p".repeat(125)), text("x")).echoes("x"),
        Case.of("one byte at a time").inPieces(1, pong("pong")).sends(text("x")).echoes("x"),
        Case.of("ten of them").sends(repeated(10, pong("p"))).sends(text("x")).echoes("x"),
        Case.of("one before a ping").sends(pong("a"), ping("b")).pongs(utf8("b")));
  }

  private static byte[] repeated(int times, byte[] frame) {
    return join(IntStream.range(0, times).mapToObj(i -> frame).toArray(byte[][]::new));
  }

  private static List<Case> among() {
    byte[][] pings = IntStream.range(0, 10).mapToObj(i -> ping("p" + i)).toArray(byte[][]::new);
    byte[][] payloads = IntStream.range(0, 10).mapToObj(i -> utf8("p" + i)).toArray(byte[][]::new);
    return List.of(
        Case.of("ten pings in one write").sends(pings).pongs(payloads),
        Case.of("ten pings, one byte at a time").inPieces(1, pings).pongs(payloads),
        Case.of("a ping, then a text").sends(ping("p"), text("x")).pongs(utf8("p")).echoes("x"),
        Case.of("a text, then a ping").sends(text("x"), ping("p")).echoes("x").pongs(utf8("p")));
  }

  private static List<Case> tooLong() {
    List<Case> cases = new ArrayList<>();
    CONTROL.forEach(
        (opcode, name) -> {
          for (int length : new int[] {126, 127, 65_536}) {
            cases.add(
                Case.of("a %s of %d bytes".formatted(name, length))
                    .sends(frame(FIN | opcode, letters(length)))
                    .fails(1002));
          }
        });
    return cases;
  }

  private static List<Case> fragmented() {
    List<Case> cases = new ArrayList<>();
    CONTROL.forEach(
        (opcode, name) -> {
          cases.add(
              Case.of("the first fragment of a " + name)
                  .sends(frame(opcode, letters(5)))
                  .fails(1002));
          cases.add(
              Case.of("a %s in two fragments".formatted(name))
                  .sends(frame(opcode, letters(2)), frame(FIN, letters(3)))
                  .fails(1002));
        });
    return cases;
  }
}
