package dev.roomcast.wire;

import static dev.roomcast.wire.ClientFrames.MASK;
import static dev.roomcast.wire.ClientFrames.frame;
import static dev.roomcast.wire.ClientFrames.join;
import static dev.roomcast.wire.ClientFrames.text;
import static dev.roomcast.wire.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 sections 5.1 to 5.5, 7.4 and 8.1, and the size limit. */
final class ViolationTest {
  private static final CloseStatus PROTOCOL_ERROR = new CloseStatus(1002, "Protocol error");
  private static final CloseStatus MALFORMED = new CloseStatus(1007, "Malformed UTF-8");
  private static final CloseStatus TOO_BIG = new CloseStatus(1009, "Message too big");

  private final Peer peer = new Peer();

  private void refuses(CloseStatus status, byte[]... bytes) {
    peer.demand(100).receive(bytes);
    assertThat(peer.closing).containsExactly(status);
    assertThat(peer.written()).containsExactly("close:" + status.code() + ":" + status.reason());
    assertThat(peer.pipe.closedAfterFlush || peer.pipe.aborted)
        .as("ended before the peer has answered")
        .isFalse();
  }

  @Test
  void refusesAnUnmaskedFrame() {
    refuses(PROTOCOL_ERROR, new byte[] {(byte) 0x81, 1, 'a'});
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC1, 0xA1, 0x91, 0xF1, 0xC9})
  void refusesReservedBits(int first) {
    refuses(PROTOCOL_ERROR, frame(first, utf8("a"), MASK));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF})
  void refusesReservedOpcodes(int opcode) {
    refuses(PROTOCOL_ERROR, frame(0x80 | opcode, utf8("a"), MASK));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x08, 0x09, 0x0A})
  void refusesFragmentedControlFrames(int first) {
    refuses(PROTOCOL_ERROR, frame(first, new byte[0], MASK));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x89, 0x8A})
  void refusesControlFramesOver125Bytes(int first) {
    refuses(PROTOCOL_ERROR, frame(first, new byte[126], MASK));
  }

  @Test
  void refusesLengthsThatAreNotMinimal() {
    refuses(PROTOCOL_ERROR, frame(0x81, 126, 125, new byte[125], MASK));
  }

  @Test
  void refusesLongLengthsThatAreNotMinimal() {
    refuses(PROTOCOL_ERROR, frame(0x81, 127, 0xFFFF, new byte[0xFFFF], MASK));
  }

  @Test
  void refusesALengthWithTheHighestBit() {
    refuses(PROTOCOL_ERROR, frame(0x81, 127, Long.MIN_VALUE | 1, new byte[1], MASK));
  }

  @Test
  void refusesAContinuationOfNothing() {
    refuses(PROTOCOL_ERROR, frame(0x80, utf8("a"), MASK));
  }

  @Test
  void refusesAMessageInsideAMessage() {
    refuses(PROTOCOL_ERROR, frame(0x01, utf8("a"), MASK), text("b"));
  }

  @Test
  void refusesAMessageOverTheLimitByItsHeaderAlone() {
    int limit = 128 * 1024;
    byte[] header = java.util.Arrays.copyOf(frame(0x81, new byte[limit + 1], MASK), 14);
    refuses(TOO_BIG, header);
    assertThat(peer.received).isEmpty();
  }

  @Test
  void takesAMessageOfExactlyTheLimit() {
    peer.demand(1).receive(text("a".repeat(128 * 1024)));
    assertThat(peer.received).hasSize(1);
    assertThat(peer.closing).isEmpty();
  }

  @Test
  void addsFragmentsUpForTheLimit() {
    byte[] half = new byte[64 * 1024];
    byte[] header = java.util.Arrays.copyOf(frame(0x80, new byte[1], MASK), 6);
    refuses(TOO_BIG, frame(0x01, half, MASK), frame(0x00, half, MASK), header);
  }

  @Test
  void refusesMalformedTextInOneFrame() {
    refuses(MALFORMED, frame(0x81, new byte[] {'a', (byte) 0xC0, (byte) 0xAF}, MASK));
  }

  @Test
  void refusesTextThatEndsInsideACharacter() {
    refuses(MALFORMED, frame(0x81, new byte[] {(byte) 0xE2, (byte) 0x82}, MASK));
  }

  @Test
  void refusesAFragmentedTextThatEndsInsideACharacter() {
    refuses(
        MALFORMED,
        frame(0x01, new byte[] {(byte) 0xE2, (byte) 0x82}, MASK),
        frame(0x80, new byte[0], MASK));
  }

  @Test
  void refusesMalformedTextBeforeTheMessageIsWhole() {
    refuses(MALFORMED, frame(0x01, new byte[] {(byte) 0xF5}, MASK));
  }

  @Test
  void takesACharacterAcrossFragments() {
    byte[] euro = utf8("€");
    peer.demand(1)
        .receive(
            frame(0x01, java.util.Arrays.copyOf(euro, 1), MASK),
            frame(0x80, java.util.Arrays.copyOfRange(euro, 1, 3), MASK));
    assertThat(peer.received).containsExactly("€");
  }

  @Test
  void deliversMalformedTextThatIsBinary() {
    peer.demand(1).receive(frame(0x82, new byte[] {(byte) 0xFF}, MASK));
    assertThat(peer.received).hasSize(1);
  }

  @Test
  void refusesACloseOfOneByte() {
    peer.receive(frame(0x88, new byte[1], MASK));
    assertThat(peer.closing).containsExactly(PROTOCOL_ERROR);
    assertThat(peer.pipe.closedAfterFlush).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
  void refusesCodesThatMayNotBeSent(int code) {
    peer.receive(ClientFrames.close(code, ""));
    assertThat(peer.closing).containsExactly(PROTOCOL_ERROR);
    assertThat(peer.written()).containsExactly("close:1002:Protocol error");
  }

  @Test
  void refusesAReasonThatIsNotUtf8() {
    byte[] payload =
        ByteBuffer.allocate(4).putShort((short) 1000).put((byte) 0xC3).put((byte) 0x28).array();
    peer.receive(frame(0x88, payload, MASK));
    assertThat(peer.closing).containsExactly(MALFORMED);
    assertThat(peer.written()).containsExactly("close:1007:Malformed UTF-8");
  }

  @Test
  void deliversWhatCameBeforeAViolationAndNothingAfter() {
    peer.demand(9).receive(text("one"), frame(0x83, utf8("x"), MASK), text("two"));
    assertThat(peer.received).containsExactly("one");
    assertThat(peer.closing).containsExactly(PROTOCOL_ERROR);
  }

  @Test
  void understandsTheAnswerAfterAViolation() {
    byte[] tooBig = frame(0x81, new byte[200_000], MASK);
    peer.demand(1).receive(tooBig, ClientFrames.close(1009, ""));
    assertThat(peer.written()).containsExactly("close:1009:Message too big");
    assertThat(peer.pipe.closedAfterFlush).isTrue();
  }

  @Test
  void swallowsGarbageAfterALengthThatCannotBeSkipped() {
    peer.receive(join(frame(0x81, 127, -1, new byte[100], MASK), new byte[1000]));
    assertThat(peer.closing).containsExactly(PROTOCOL_ERROR);
    assertThat(peer.pipe.wantsRead).isTrue();
  }
}
