package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.conformance.Payloads.after;
import static dev.roomcast.testkit.conformance.Payloads.letters;
import static dev.roomcast.testkit.conformance.Payloads.octets;
import static dev.roomcast.testkit.conformance.Payloads.ping;
import static dev.roomcast.testkit.conformance.Payloads.pong;
import static dev.roomcast.testkit.conformance.Payloads.upTo;
import static dev.roomcast.testkit.conformance.Payloads.utf8;
import static dev.roomcast.testkit.transport.ClientFrames.BINARY;
import static dev.roomcast.testkit.transport.ClientFrames.CONTINUATION;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static dev.roomcast.testkit.transport.ClientFrames.close;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static dev.roomcast.testkit.transport.ClientFrames.join;
import static dev.roomcast.testkit.transport.ClientFrames.text;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** 5: messages in fragments, and control frames between them. */
final class Fragments {
  private static final byte[] HELLO = utf8("Hello");

  private Fragments() {}

  static List<Group> groups() {
    return List.of(
        Group.of("5.1", "5.4", "a message in two fragments", inTwo()),
        Group.of("5.2", "5.4", "empty fragments", empty()),
        Group.of("5.3", "5.4", "control frames between fragments", interleaved()),
        Group.of("5.4", "5.4", "many fragments", many()),
        Group.of("5.5", "5.4", "fragments out of order", outOfOrder()));
  }

  private static byte[] begin(String payload) {
    return frame(TEXT, utf8(payload));
  }

  private static byte[] more(String payload) {
    return frame(CONTINUATION, utf8(payload));
  }

  private static byte[] last(String payload) {
    return frame(FIN | CONTINUATION, utf8(payload));
  }

  private static List<Case> inTwo() {
    List<Case> cases = new ArrayList<>();
    for (int cut = 0; cut <= HELLO.length; cut++) {
      cases.add(
          Case.of("a text, cut after %d bytes of 5".formatted(cut))
              .sends(frame(TEXT, upTo(HELLO, cut)), frame(FIN | CONTINUATION, after(HELLO, cut)))
              .echoes("Hello"));
    }
    for (int cut : new int[] {0, 1, 125, 126, 65_536, 70_000}) {
      byte[] octets = octets(70_000);
      cases.add(
          Case.of("a binary message, cut after %d bytes of 70000".formatted(cut))
              .sends(
                  frame(BINARY, upTo(octets, cut)), frame(FIN | CONTINUATION, after(octets, cut)))
              .echoes(octets));
    }
    cases.add(
        Case.of("two messages, one after the other")
            .sends(begin("a"), last("b"), begin("c"), last("d"))
            .echoes("ab")
            .echoes("cd"));
    cases.add(
        Case.of("in fragments, whole, in fragments")
            .sends(begin("a"), last("b"), text("c"), begin("d"), last("e"))
            .echoes("ab")
            .echoes("c")
            .echoes("de"));
    return cases;
  }

  private static List<Case> empty() {
    return List.of(
        Case.of("all of three").sends(begin(""), more(""), last("")).echoes(""),
        Case.of("the first").sends(begin(""), last("x")).echoes("x"),
        Case.of("the last").sends(begin("x"), last("")).echoes("x"),
        Case.of("one in between").sends(begin("x"), more(""), last("y")).echoes("xy"),
        Case.of("the only one with payload is in between")
            .sends(begin(""), more("x"), last(""))
            .echoes("x"),
        Case.of("of a binary message")
            .sends(frame(BINARY, new byte[0]), last(""))
            .echoes(new byte[0]));
  }

  private static List<Case> interleaved() {
    byte[] all = join(begin("a"), ping("1"), more("b"), pong("x"), ping("2"), more(""), last("c"));
    return List.of(
        Case.of("a ping").sends(begin("a"), ping("p"), last("b")).pongs(utf8("p")).echoes("ab"),
        Case.of("a ping of 125 bytes")
            .sends(begin("a"), ping(letters(125)), last("b"))
            .pongs(letters(125))
            .echoes("ab"),
        Case.of("a ping that is answered before the message ends")
            .sends(begin("a"), ping("p"))
            .pongs(utf8("p"))
            .sends(last("b"))
            .echoes("ab"),
        Case.of("a pong").sends(begin("a"), pong("p"), last("b")).echoes("ab"),
        Case.of("several").sends(all).pongs(utf8("1"), utf8("2")).echoes("abc"),
        Case.of("several, one byte at a time")
            .inPieces(1, all)
            .pongs(utf8("1"), utf8("2"))
            .echoes("abc"),
        Case.of("a ping within a character")
            .sends(
                frame(TEXT, new byte[] {(byte) 0xE2}),
                ping("p"),
                frame(FIN | CONTINUATION, new byte[] {(byte) 0x82, (byte) 0xAC}))
            .pongs(utf8("p"))
            .echoes("€"),
        Case.of("a close, and the message never ends")
            .sends(begin("a"), close(1000, "bye"))
            .answered(1000));
  }

  private static List<Case> many() {
    return List.of(
        Case.of("a text of 1000 bytes, each a fragment")
            .sends(single(TEXT, letters(1000)))
            .echoes(new String(letters(1000), US_ASCII)),
        Case.of("a binary message of 1000 bytes, each a fragment")
            .sends(single(BINARY, octets(1000)))
            .echoes(octets(1000)),
        Case.of("2000 empty fragments")
            .sends(begin("x"), join(repeated(2000, more(""))), last("y"))
            .echoes("xy"),
        Case.of("characters of four bytes, each byte a fragment")
            .sends(single(TEXT, utf8("😀".repeat(50))))
            .echoes("😀".repeat(50)),
        Case.of("128 fragments of 1024 bytes")
            .sends(
                frame(BINARY, octets(1024)),
                join(repeated(126, frame(CONTINUATION, octets(1024)))),
                frame(FIN | CONTINUATION, octets(1024)))
            .echoes(join(repeated(128, octets(1024)))));
  }

  private static byte[] single(int opcode, byte[] payload) {
    byte[][] frames = new byte[payload.length][];
    for (int i = 0; i < payload.length; i++) {
      int fin = i == payload.length - 1 ? FIN : 0;
      frames[i] = frame(fin | (i == 0 ? opcode : CONTINUATION), new byte[] {payload[i]});
    }
    return join(frames);
  }

  private static byte[][] repeated(int times, byte[] frame) {
    return IntStream.range(0, times).mapToObj(i -> frame).toArray(byte[][]::new);
  }

  private static List<Case> outOfOrder() {
    return List.of(
        Case.of("a last fragment of nothing").sends(last("x")).fails(1002),
        Case.of("an empty last fragment of nothing").sends(last("")).fails(1002),
        Case.of("a fragment of nothing").sends(more("x")).fails(1002),
        Case.of("a fragment of nothing, then a text").sends(more("x"), text("y")).fails(1002),
        Case.of("a last fragment after a message")
            .sends(text("x"), last("y"))
            .echoes("x")
            .fails(1002),
        Case.of("a last fragment after a message in fragments")
            .sends(begin("x"), last("y"), last("z"))
            .echoes("xy")
            .fails(1002),
        Case.of("a fragment after a message in fragments")
            .sends(begin("x"), last("y"), more("z"))
            .echoes("xy")
            .fails(1002),
        Case.of("a text within a text").sends(begin("x"), text("y"), last("z")).fails(1002),
        Case.of("a binary message within a text")
            .sends(begin("x"), frame(FIN | BINARY, utf8("y")), last("z"))
            .fails(1002),
        Case.of("a text within a binary message")
            .sends(frame(BINARY, utf8("x")), text("y"), last("z"))
            .fails(1002),
        Case.of("a text begins within a text").sends(begin("x"), begin("y")).fails(1002),
        Case.of("a binary message begins within a text")
            .sends(begin("x"), frame(BINARY, utf8("y")))
            .fails(1002),
        Case.of("a text within a text that began empty").sends(begin(""), text("y")).fails(1002));
  }
}
