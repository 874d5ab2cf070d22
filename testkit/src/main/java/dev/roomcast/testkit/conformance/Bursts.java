package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.conformance.Payloads.binary;
import static dev.roomcast.testkit.conformance.Payloads.letters;
import static dev.roomcast.testkit.conformance.Payloads.octets;
import static dev.roomcast.testkit.conformance.Payloads.ping;
import static dev.roomcast.testkit.conformance.Payloads.pong;
import static dev.roomcast.testkit.conformance.Payloads.utf8;
import static dev.roomcast.testkit.transport.ClientFrames.CONTINUATION;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static dev.roomcast.testkit.transport.ClientFrames.close;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static dev.roomcast.testkit.transport.ClientFrames.join;
import static dev.roomcast.testkit.transport.ClientFrames.text;
import static dev.roomcast.testkit.transport.ClientFrames.unmasked;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** 10: thousands of frames in one write, and frames cut anywhere. */
final class Bursts {
  /** Of everything, 80 bytes and more. */
  private static final byte[] MIXED =
      join(
          text("é"),
          ping("1"),
          frame(TEXT, utf8("a")),
          pong("x"),
          frame(CONTINUATION, utf8("€")),
          ping("2"),
          frame(FIN | CONTINUATION, new byte[0]),
          binary(octets(7)),
          text(""));

  private Bursts() {}

  static List<Group> groups() {
    return List.of(
        Group.of("10.1", "5.4", "many messages in one write", inOneWrite()),
        Group.of("10.2", "5.2", "frames of every kind in small pieces", inPieces()),
        Group.of("10.3", "7.1.7", "a violation at the end", brokenAtTheEnd()),
        Group.of("10.4", "5.5.1", "a close at the end", closedAtTheEnd()));
  }

  private static byte[][] each(int count, IntFunction<byte[]> frame) {
    return IntStream.range(0, count).mapToObj(frame).toArray(byte[][]::new);
  }

  private static Case echoedTexts(Case from, int count) {
    Case all = from;
    for (int i = 0; i < count; i++) {
      all = all.echoes("text " + i);
    }
    return all;
  }

  private static byte[][] texts(int count) {
    return each(count, i -> text("text " + i));
  }

  private static List<Case> inOneWrite() {
    List<Case> cases = new ArrayList<>();
    cases.add(echoedTexts(Case.of("3000 texts").sends(texts(3000)), 3000));
    cases.add(
        Case.of("3000 pings")
            .sends(each(3000, i -> ping("ping " + i)))
            .pongs(each(3000, i -> utf8("ping " + i))));
    Case sizes = Case.of("texts of each length to 300").sends(each(300, i -> sized(i)));
    for (int i = 0; i < 300; i++) {
      sizes = sizes.echoes(new String(letters(i), US_ASCII));
    }
    cases.add(sizes);
    Case empty = Case.of("2000 empty texts").sends(each(2000, i -> text("")));
    for (int i = 0; i < 2000; i++) {
      empty = empty.echoes("");
    }
    cases.add(empty);
    Case large = Case.of("20 binary messages of 20000 bytes, 65536 bytes in one write");
    large = large.inPieces(65_536, each(20, i -> binary(octets(20_000))));
    for (int i = 0; i < 20; i++) {
      large = large.echoes(octets(20_000));
    }
    cases.add(large);
    return cases;
  }

  private static byte[] sized(int length) {
    return frame(FIN | TEXT, letters(length));
  }

  private static List<Case> inPieces() {
    return IntStream.of(1, 2, 3, 5, 7, 11, 13, 17, 31, Integer.MAX_VALUE)
        .mapToObj(
            piece ->
                Case.of(piece > MIXED.length ? "in one write" : piece + " bytes in one write")
                    .inPieces(piece, MIXED)
                    .echoes("é")
                    .pongs(utf8("1"), utf8("2"))
                    .echoes("a€")
                    .echoes(octets(7))
                    .echoes(""))
        .toList();
  }

  private static List<Case> brokenAtTheEnd() {
    return List.of(
        echoedTexts(
                Case.of("a frame without a mask after 500 texts")
                    .sends(join(texts(500)), unmasked(FIN | TEXT, "x"), text("unheard")),
                500)
            .fails(1002),
        echoedTexts(
                Case.of("malformed text after 500 texts")
                    .sends(
                        join(texts(500)), frame(FIN | TEXT, Payloads.hex("ff")), text("unheard")),
                500)
            .fails(1007),
        echoedTexts(
                Case.of("a close of one byte after 500 texts")
                    .sends(join(texts(500)), Payloads.close(new byte[1]), text("unheard")),
                500)
            .fails(1002));
  }

  private static List<Case> closedAtTheEnd() {
    return List.of(
        echoedTexts(Case.of("after 500 texts").sends(join(texts(500)), close(4000, "bye")), 500)
            .answered(4000),
        echoedTexts(
                Case.of("after 500 texts, and 500 more after it")
                    .sends(join(texts(500)), close(4000, "bye"), join(texts(500))),
                500)
            .answered(4000));
  }
}
