package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.conformance.EchoServer.LIMIT;
import static dev.roomcast.testkit.conformance.Payloads.binary;
import static dev.roomcast.testkit.conformance.Payloads.letters;
import static dev.roomcast.testkit.conformance.Payloads.octets;
import static dev.roomcast.testkit.conformance.Payloads.ping;
import static dev.roomcast.testkit.transport.ClientFrames.BINARY;
import static dev.roomcast.testkit.transport.ClientFrames.CONTINUATION;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static dev.roomcast.testkit.transport.ClientFrames.header;
import static dev.roomcast.testkit.transport.ClientFrames.join;
import static dev.roomcast.testkit.transport.ClientFrames.text;

import java.util.ArrayList;
import java.util.List;

/** 9: messages that are too big. */
final class Limits {
  private Limits() {}

  static List<Group> groups() {
    return List.of(
        Group.of("9.1", "7.4.1", "told by the header alone", byHeader()),
        Group.of("9.2", "10.4", "fragments together", fragments()),
        Group.of("9.3", "7.4.1", "a payload that comes all the same", payload()),
        Group.of("9.4", "10.4", "what does not count", within()));
  }

  private static List<Case> byHeader() {
    List<Case> cases = new ArrayList<>();
    for (long length :
        new long[] {LIMIT + 1, 1 << 20, Integer.MAX_VALUE, 1L << 31, 1L << 32, Long.MAX_VALUE}) {
      cases.add(
          Case.of("a text of %d bytes".formatted(length))
              .sends(header(FIN | TEXT, length))
              .fails(1009)
              .endsStream());
      cases.add(
          Case.of("a binary message of %d bytes".formatted(length))
              .sends(header(FIN | BINARY, length))
              .fails(1009)
              .endsStream());
      cases.add(
          Case.of("a first fragment of %d bytes".formatted(length))
              .sends(header(TEXT, length))
              .fails(1009)
              .endsStream());
    }
    return cases;
  }

  private static List<Case> fragments() {
    byte[] half = octets(LIMIT / 2);
    return List.of(
        Case.of("just the limit")
            .sends(frame(BINARY, half), frame(FIN | CONTINUATION, half))
            .echoes(join(half, half)),
        Case.of("one byte more")
            .sends(frame(BINARY, half), frame(CONTINUATION, half), header(FIN | CONTINUATION, 1))
            .fails(1009)
            .endsStream(),
        Case.of("one byte more, in the first of two")
            .sends(frame(TEXT, letters(1)), header(FIN | CONTINUATION, LIMIT))
            .fails(1009)
            .endsStream(),
        Case.of("with a ping between them")
            .sends(frame(BINARY, half), ping("p"), header(CONTINUATION, LIMIT))
            .pongs(Payloads.utf8("p"))
            .fails(1009)
            .endsStream(),
        Case.of("a length that would overflow a sum")
            .sends(frame(BINARY, half), header(FIN | CONTINUATION, Long.MAX_VALUE))
            .fails(1009)
            .endsStream());
  }

  private static List<Case> payload() {
    byte[] large = frame(FIN | BINARY, octets(LIMIT + 1));
    return List.of(
        Case.of("in the same write").sends(large).fails(1009),
        Case.of("in pieces").inPieces(30_000, large).fails(1009),
        Case.of("and more frames").sends(large, text("unheard"), ping("unheard")).fails(1009),
        Case.of("after a message").sends(text("x"), large).echoes("x").fails(1009));
  }

  private static List<Case> within() {
    byte[] most = octets(LIMIT);
    return List.of(
        Case.of("messages together")
            .sends(binary(most), binary(most), text("x"))
            .echoes(most)
            .echoes(most)
            .echoes("x"),
        Case.of("pings within a message")
            .sends(frame(BINARY, most), ping(octets(125)), frame(FIN | CONTINUATION, new byte[0]))
            .pongs(octets(125))
            .echoes(most));
  }
}
