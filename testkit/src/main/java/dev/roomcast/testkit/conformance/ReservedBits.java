package dev.roomcast.testkit.conformance;

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

import java.util.List;
import java.util.stream.IntStream;

/** 3: the three reserved bits, where no extension was agreed on. */
final class ReservedBits {
  private ReservedBits() {}

  static List<Group> groups() {
    return List.of(
        Group.of("3.1", "5.2", "set in a text", in(FIN | TEXT)),
        Group.of("3.2", "5.2", "set in a binary message", in(FIN | BINARY)),
        Group.of("3.3", "5.2", "set in a first fragment", in(TEXT)),
        Group.of("3.4", "5.2", "set in a ping", in(FIN | PING)),
        Group.of("3.5", "5.2", "set in a pong", in(FIN | PONG)),
        Group.of("3.6", "5.2", "set in a close", in(FIN | CLOSE)),
        Group.of("3.7", "5.2", "set in a last fragment", inContinuation()),
        Group.of("3.8", "5.2", "set after a message", afterAMessage()));
  }

  private static List<Case> in(int firstByte) {
    return bits()
        .mapToObj(bits -> Case.of(name(bits)).sends(faulty(firstByte, bits)).fails(1002))
        .toList();
  }

  private static IntStream bits() {
    return IntStream.rangeClosed(1, 7);
  }

  private static String name(int bits) {
    return "reserved bits " + bits;
  }

  /** With a payload that is right in every kind of frame: UTF-8, and the close code 3137. */
  private static byte[] faulty(int firstByte, int bits) {
    return frame(firstByte | bits << 4, utf8("\fA"));
  }

  private static List<Case> inContinuation() {
    return bits()
        .mapToObj(
            bits ->
                Case.of(name(bits))
                    .sends(frame(TEXT, utf8("x")), faulty(FIN | CONTINUATION, bits))
                    .fails(1002))
        .toList();
  }

  private static List<Case> afterAMessage() {
    return bits()
        .mapToObj(
            bits ->
                Case.of(name(bits))
                    .sends(text("x"), faulty(FIN | TEXT, bits), text("unheard"))
                    .echoes("x")
                    .fails(1002))
        .toList();
  }
}
