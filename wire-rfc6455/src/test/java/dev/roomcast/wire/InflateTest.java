package dev.roomcast.wire;

import static dev.roomcast.wire.ClientFrames.MASK;
import static dev.roomcast.wire.ClientFrames.frame;
import static dev.roomcast.wire.ClientFrames.join;
import static dev.roomcast.wire.ClientFrames.ping;
import static dev.roomcast.wire.ClientFrames.text;
import static dev.roomcast.wire.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Compression;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes compressed: RFC 7692 sections 6 and 7.2.2. */
final class InflateTest {
  private static final CloseStatus PROTOCOL_ERROR = new CloseStatus(1002, "Protocol error");
  private static final CloseStatus CORRUPT = new CloseStatus(1002, "Corrupt compressed data");
  private static final CloseStatus MALFORMED = new CloseStatus(1007, "Malformed UTF-8");
  private static final CloseStatus TOO_BIG = new CloseStatus(1009, "Message too big");
  private static final int LIMIT = 128 * 1024;

  /** Two blocks whose code has but the end of a block (RFC 1951 section 3.2.7); of 92 bits each. */
  private static final String EMPTY_DYNAMIC =
      "04 c0 81 08 00 00 00 00 20 7f eb 43 00 1c 88 00 00 00 00 00 f2 b7 3e";

  private final Peer peer = new Peer(settings -> settings.withCompression(Compression.from(0)));

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] repeated(String hex, int size) {
    byte[] unit = bytes(hex);
    byte[] all = new byte[size / unit.length * unit.length];
    for (int at = 0; at < all.length; at += unit.length) {
      System.arraycopy(unit, 0, all, at, unit.length);
    }
    return all;
  }

  private static byte[] deflated(byte[] message) {
    return frame(0xC1, RawDeflate.deflate(message), MASK);
  }

  private static byte[] deflated(String text) {
    return deflated(utf8(text));
  }

  private void refuses(CloseStatus status, byte[]... frames) {
    peer.demand(100).receive(frames);
    assertThat(peer.closing).containsExactly(status);
    assertThat(peer.received).isEmpty();
    assertThat(peer.written()).containsExactly("close:" + status.code() + ":" + status.reason());
  }

  /** The examples of section 7.2.3, and both forms of an empty message. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f2 48 cd c9 c9 07 00",
        "00 05 00 fa ff 48 65 6c 6c 6f 00",
        "f3 48 cd c9 c9 07 00 00",
        "f2 48 05 00 00 00 ff ff ca c9 c9 07 00"
      })
  void takesTheExamplesOfTheRfc(String payload) {
    peer.demand(1).receive(frame(0xC1, bytes(payload), MASK));
    assertThat(peer.received).containsExactly("Hello");
  }

  @Test
  void takesALastBlockWithoutTheOctetBehindIt() {
    peer.demand(2).receive(frame(0xC1, bytes("f3 48 cd c9 c9 07 00"), MASK), deflated("next"));
    assertThat(peer.received).containsExactly("Hello", "next");
  }

  /** Found by fuzzing. */
  @Test
  void takesALastBlockThatWasCutOff() {
    peer.demand(1).receive(frame(0xC1, bytes("f2 48 cd c9 c9 07 04"), MASK));
    peer.demand(1).receive(frame(0xC1, bytes("01"), MASK));
    assertThat(peer.received).containsExactly("Hello", "");
  }

  @Test
  void takesSeveralLastBlocksInOneMessage() {
    peer.demand(1)
        .receive(frame(0xC1, bytes("f3 48 cd c9 c9 07 00 f3 48 cd c9 c9 07 00 00"), MASK));
    assertThat(peer.received).containsExactly("HelloHello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "02 00"})
  void takesEmptyMessages(String payload) {
    peer.demand(1).receive(frame(0xC1, bytes(payload), MASK));
    assertThat(peer.received).containsExactly("");
  }

  @Test
  void takesPlainAndCompressedMessagesSideBySide() {
    peer.demand(5).receive(text("one"), deflated("two"), text("three"), deflated("four"));
    peer.receive(frame(0xC2, RawDeflate.deflate(utf8("five")), MASK));
    assertThat(peer.received).containsExactly("one", "two", "three", "four", "five");
  }

  @Test
  void joinsFragmentsWithControlFramesBetweenThem() {
    byte[] compressed = bytes("f2 48 cd c9 c9 07 00");
    peer.demand(1)
        .receive(
            frame(0x41, Arrays.copyOf(compressed, 3), MASK),
            ping("x"),
            frame(0x00, new byte[0], MASK),
            ping("y"),
            frame(0x80, Arrays.copyOfRange(compressed, 3, 7), 0x01020304));
    assertThat(peer.received).containsExactly("Hello");
    assertThat(peer.written()).containsExactly("pong:x", "pong:y");
  }

  @Test
  void takesAMessageThatComesByteByByte() {
    String message = "{\"event\":\"hello €\"}".repeat(20);
    peer.demand(1);
    for (byte one : deflated(message)) {
      peer.receive(new byte[] {one});
    }
    assertThat(peer.received).containsExactly(message);
  }

  @Test
  void takesAReadOnlyBuffer() {
    ByteBuffer bytes = ByteBuffer.wrap(join(deflated("one"), deflated("two"))).asReadOnlyBuffer();
    peer.demand(2);
    peer.pipe.listener.onBytes(bytes);
    assertThat(peer.received).containsExactly("one", "two");
  }

  @Test
  void servesTwoConnectionsWhoseMessagesInterleave() {
    Peer other = new Peer(peer);
    byte[] one = deflated("one".repeat(100));
    byte[] two = deflated("two".repeat(100));
    peer.demand(1).receive(Arrays.copyOf(one, 10));
    other.demand(1).receive(Arrays.copyOf(two, 10));
    peer.receive(Arrays.copyOfRange(one, 10, one.length));
    other.receive(Arrays.copyOfRange(two, 10, two.length));
    assertThat(peer.received).containsExactly("one".repeat(100));
    assertThat(other.received).containsExactly("two".repeat(100));
  }

  @Test
  void deliversNoMoreMessagesOfABufferThanWereDemanded() {
    peer.demand(1).receive(deflated("one"), deflated("two"), deflated("three"));
    assertThat(peer.received).containsExactly("one");
    assertThat(peer.pipe.wantsRead).isFalse();

    peer.demand(1).loop.settle();
    assertThat(peer.received).containsExactly("one", "two");

    peer.demand(1).loop.settle();
    assertThat(peer.received).containsExactly("one", "two", "three");
    assertThat(peer.pipe.wantsRead).isTrue();
  }

  @Test
  void takesAMessageThatInflatesToExactlyTheLimit() {
    peer.demand(1).receive(deflated("a".repeat(LIMIT)));
    assertThat(peer.received).containsExactly("a".repeat(LIMIT));
  }

  @Test
  void takesAMessageOfExactlyTheLimitThatDoesNotShrink() {
    byte[] stored =
        RawDeflate.deflate(
            utf8("a".repeat(LIMIT)), Deflater.NO_COMPRESSION, Deflater.DEFAULT_STRATEGY);
    assertThat(stored).hasSizeGreaterThan(LIMIT);
    peer.demand(1).receive(frame(0xC1, stored, MASK));
    assertThat(peer.received).hasSize(1);
  }

  @Test
  void refusesAMessageThatInflatesToOneByteMore() {
    refuses(TOO_BIG, deflated("a".repeat(LIMIT + 1)));
  }

  @Test
  void refusesABombOfFewBytes() {
    byte[] bomb = deflated(new byte[100 * 1024 * 1024]);
    assertThat(bomb).hasSizeLessThan(LIMIT);
    refuses(TOO_BIG, bomb);
  }

  @Test
  void inflatesNothingBeyondTheLimit() {
    // What follows the limit is corrupt, and nobody finds out.
    byte[] payload = join(RawDeflate.deflate(new byte[LIMIT + 1]), bytes("ffff"));
    refuses(TOO_BIG, frame(0xC2, payload, MASK));
  }

  /** Last blocks, stored ones, and such with a code of their own: all that they cost is time. */
  @ParameterizedTest
  @ValueSource(strings = {"03 00", "00 00 00 ff ff", EMPTY_DYNAMIC})
  void refusesManyBytesThatInflateToNothing(String emptyBlock) {
    refuses(TOO_BIG, frame(0xC2, repeated(emptyBlock, 65 * 1024), MASK));
  }

  @ParameterizedTest
  @ValueSource(strings = {"03 00", "00 00 00 ff ff", EMPTY_DYNAMIC})
  void takesFewerBytesThatInflateToNothing(String emptyBlock) {
    byte[] payload = join(repeated(emptyBlock, 48 * 1024), RawDeflate.deflate(utf8("Hello")));
    peer.demand(1).receive(frame(0xC1, payload, MASK));
    assertThat(peer.received).containsExactly("Hello");
  }

  @Test
  void takesAMessageOfASenderWhoFlushesAfterEveryWord() {
    byte[] word = bytes("f2 48 cd c9 c9 07 00 00 00 ff ff");
    int count = 128 * 1024 / word.length;
    byte[] payload = repeated("f2 48 cd c9 c9 07 00 00 00 ff ff", count * word.length);
    peer.demand(1).receive(frame(0xC1, Arrays.copyOf(payload, payload.length - 4), MASK));
    assertThat(peer.received).containsExactly("Hello".repeat(count));
  }

  @Test
  void refusesACompressedMessageFarOverTheLimitByItsHeaderAlone() {
    refuses(TOO_BIG, Arrays.copyOf(frame(0xC1, new byte[2 * LIMIT], MASK), 14));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u00C0\u00AF", "\u00E2\u0082"})
  void refusesWhatInflatesToMalformedText(String latin1) {
    refuses(MALFORMED, deflated(latin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
  }

  @Test
  void inflatesNothingBeyondMalformedText() {
    byte[] message = new byte[LIMIT + 1];
    message[0] = (byte) 0xFF;
    refuses(MALFORMED, deflated(message));
  }

  @Test
  void takesTextWhoseCompressedFormIsNoText() {
    peer.demand(1).receive(deflated("€".repeat(1000)));
    assertThat(peer.received).containsExactly("€".repeat(1000));
  }

  @Test
  void deliversMalformedTextThatIsBinary() {
    peer.demand(1).receive(frame(0xC2, RawDeflate.deflate(new byte[] {-1}), MASK));
    assertThat(peer.received).hasSize(1);
  }

  /**
   * Not deflate at all; a stored block with a wrong check; cut in the middle; more than was cut
   * off; a reference to the message before (7.2.3.2), whose window is gone.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff ff ff",
        "00 05 00 fa fe 48 65 6c 6c 6f 00",
        "f2 48 cd",
        "00 05 00 fa ff 48",
        "f2 48 cd c9 c9 07 00 00 00 ff ff",
        "f2 00 11 00 00"
      })
  void refusesCorruptData(String payload) {
    refuses(CORRUPT, frame(0xC2, bytes(payload), MASK));
  }

  @Test
  void goesOnWithOthersAfterCorruptData() {
    Peer other = new Peer(peer);
    peer.demand(1).receive(frame(0xC1, bytes("ffffff"), MASK));
    other.demand(1).receive(deflated("fine"));
    assertThat(other.received).containsExactly("fine");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC9, 0xCA, 0xC8, 0xE1, 0xD1, 0xA1, 0xC0, 0xC3})
  void refusesReservedBitsWhereNothingMayBeCompressed(int first) {
    refuses(PROTOCOL_ERROR, frame(first, new byte[0], MASK));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x41})
  void refusesACompressedContinuation(int first) {
    refuses(PROTOCOL_ERROR, frame(first, new byte[] {0}, MASK), frame(0xC0, new byte[1], MASK));
  }

  @Test
  void refusesACompressedMessageOfAClientThatHasNotAgreed() {
    Peer other = new Peer(peer, false);
    other.demand(1).receive(deflated("one"));
    assertThat(other.closing).containsExactly(PROTOCOL_ERROR);
  }
}
