package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.conformance.Payloads.after;
import static dev.roomcast.testkit.conformance.Payloads.binary;
import static dev.roomcast.testkit.conformance.Payloads.letters;
import static dev.roomcast.testkit.conformance.Payloads.octets;
import static dev.roomcast.testkit.conformance.Payloads.upTo;
import static dev.roomcast.testkit.transport.ClientFrames.BINARY;
import static dev.roomcast.testkit.transport.ClientFrames.CLOSE;
import static dev.roomcast.testkit.transport.ClientFrames.CONTINUATION;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.FORM_16;
import static dev.roomcast.testkit.transport.ClientFrames.FORM_64;
import static dev.roomcast.testkit.transport.ClientFrames.MASK;
import static dev.roomcast.testkit.transport.ClientFrames.PING;
import static dev.roomcast.testkit.transport.ClientFrames.PONG;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static dev.roomcast.testkit.transport.ClientFrames.header;
import static dev.roomcast.testkit.transport.ClientFrames.join;
import static dev.roomcast.testkit.transport.ClientFrames.mask;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** 1: the three forms of a frame's length, and a frame cut anywhere. */
final class Lengths {
  private static final int[] LENGTHS = {
    0, 1, 2, 124, 125, 126, 127, 128, 255, 256, 65_535, 65_536, 65_537, EchoServer.LIMIT
  };

  private Lengths() {}

  static List<Group> groups() {
    return List.of(
        Group.of("1.1", "5.2", "texts of every form of length", texts()),
        Group.of("1.2", "5.2", "binary messages of every form of length", binaries()),
        Group.of("1.3", "5.2", "a frame in pieces", pieces()),
        Group.of("1.4", "5.2", "a header cut after each byte", cutHeaders()),
        Group.of("1.5", "5.2", "lengths in a form longer than need be", notMinimal()),
        Group.of("1.6", "5.2", "lengths with the highest of 64 bits set", negative()),
        Group.of("1.7", "5.2", "lengths of control frames in a longer form", notMinimalControl()));
  }

  private static Case text(String title, byte[] payload) {
    return Case.of(title).sends(frame(FIN | TEXT, payload)).echoes(new String(payload, US_ASCII));
  }

  private static List<Case> texts() {
    return IntStream.of(LENGTHS)
        .mapToObj(length -> text("a text of %d bytes".formatted(length), letters(length)))
        .toList();
  }

  private static List<Case> binaries() {
    return IntStream.of(LENGTHS)
        .mapToObj(
            length ->
                Case.of("a binary message of %d bytes".formatted(length))
                    .sends(binary(octets(length)))
                    .echoes(octets(length)))
        .toList();
  }

  private static List<Case> pieces() {
    List<Case> cases = new ArrayList<>();
    for (int length : new int[] {0, 1, 125, 126, 127}) {
      cases.add(
          Case.of("%d bytes, one at a time".formatted(length))
              .inPieces(1, binary(octets(length)))
              .echoes(octets(length)));
    }
    for (int length : new int[] {65_535, 65_536, EchoServer.LIMIT}) {
      for (int piece : new int[] {997, 65_536}) {
        cases.add(
            Case.of("%d bytes, %d at a time".formatted(length, piece))
                .inPieces(piece, frame(FIN | TEXT, letters(length)))
                .echoes(new String(letters(length), US_ASCII)));
      }
    }
    return cases;
  }

  private static List<Case> cutHeaders() {
    byte[] frame = binary(octets(70_000));
    return IntStream.rangeClosed(1, 14)
        .mapToObj(
            cut ->
                Case.of("the header of a 64-bit length, cut after %d bytes".formatted(cut))
                    .sends(upTo(frame, cut))
                    .sends(after(frame, cut))
                    .echoes(octets(70_000)))
        .toList();
  }

  private static List<Case> notMinimal() {
    List<Case> cases = new ArrayList<>();
    for (int opcode : new int[] {TEXT, BINARY}) {
      String kind = opcode == TEXT ? "a text" : "a binary message";
      for (int length : new int[] {0, 1, 124, 125}) {
        cases.add(
            Case.of("%s of %d bytes, its length in 16 bits".formatted(kind, length))
                .sends(framed(opcode, FORM_16, length))
                .fails(1002));
      }
      for (int length : new int[] {0, 1, 125, 126, 65_535}) {
        cases.add(
            Case.of("%s of %d bytes, its length in 64 bits".formatted(kind, length))
                .sends(framed(opcode, FORM_64, length))
                .fails(1002));
      }
    }
    return cases;
  }

  private static byte[] framed(int opcode, int form, int length) {
    return join(header(FIN | opcode, form, length, MASK), mask(letters(length), MASK));
  }

  private static List<Case> negative() {
    List<Case> cases = new ArrayList<>();
    for (long length : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 5, -1}) {
      String title = "a %s of 0x%016X bytes";
      cases.add(
          Case.of(title.formatted("text", length))
              .sends(header(FIN | TEXT, FORM_64, length, MASK))
              .fails(1002)
              .endsStream());
      cases.add(
          Case.of(title.formatted("binary message", length))
              .sends(header(FIN | BINARY, FORM_64, length, MASK))
              .fails(1002)
              .endsStream());
      cases.add(
          Case.of(title.formatted("last fragment", length))
              .sends(frame(TEXT, letters(3)), header(FIN | CONTINUATION, FORM_64, length, MASK))
              .fails(1002)
              .endsStream());
    }
    return cases;
  }

  private static List<Case> notMinimalControl() {
    List<Case> cases = new ArrayList<>();
    for (int form : new int[] {FORM_16, FORM_64}) {
      String bits = form == FORM_16 ? "16 bits" : "64 bits";
      cases.add(
          Case.of("a ping of 5 bytes, its length in " + bits)
              .sends(framed(PING, form, 5))
              .fails(1002));
      cases.add(
          Case.of("a pong of 5 bytes, its length in " + bits)
              .sends(framed(PONG, form, 5))
              .fails(1002));
      cases.add(
          Case.of("a close of 2 bytes, its length in " + bits)
              .sends(join(header(FIN | CLOSE, form, 2, MASK), mask(Payloads.hex("03e8"), MASK)))
              .fails(1002));
    }
    return cases;
  }
}
