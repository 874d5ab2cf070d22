package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.conformance.Payloads.letters;
import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static dev.roomcast.testkit.transport.ClientFrames.frame;
import static dev.roomcast.testkit.transport.ClientFrames.text;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** 4: opcodes that mean nothing yet. */
final class Opcodes {
  private Opcodes() {}

  static List<Group> groups() {
    return List.of(
        Group.of("4.1", "5.2", "without payload", each(code -> new byte[][] {faulty(code, 0)})),
        Group.of("4.2", "5.2", "with payload", each(code -> new byte[][] {faulty(code, 9)})),
        Group.of(
            "4.3",
            "5.4",
            "between fragments",
            each(code -> new byte[][] {frame(TEXT, letters(3)), faulty(code, 3)})),
        Group.of("4.4", "5.2", "after a message, before another", afterAMessage()));
  }

  private static IntStream reserved() {
    return IntStream.of(0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF);
  }

  private static String name(int opcode) {
    return "opcode 0x%X".formatted(opcode);
  }

  private static byte[] faulty(int opcode, int length) {
    return frame(FIN | opcode, letters(length));
  }

  private static List<Case> each(IntFunction<byte[][]> frames) {
    return reserved()
        .mapToObj(opcode -> Case.of(name(opcode)).sends(frames.apply(opcode)).fails(1002))
        .toList();
  }

  private static List<Case> afterAMessage() {
    return reserved()
        .mapToObj(
            opcode ->
                Case.of(name(opcode))
                    .sends(text("x"), faulty(opcode, 1), text("unheard"))
                    .echoes("x")
                    .fails(1002))
        .toList();
  }
}
