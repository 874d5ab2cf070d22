package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** That bytes are right is for the properties; here: that they are not copied again. */
final class ComposerTest {
  private final Composer composer = new Composer();

  private static byte[] frame(int fill, int length) {
    byte[] frame = new byte[length];
    java.util.Arrays.fill(frame, (byte) fill);
    return frame;
  }

  private static OutboundQueue queue(byte[]... frames) {
    OutboundQueue queue = new OutboundQueue();
    for (byte[] frame : frames) {
      queue.add(frame);
    }
    return queue;
  }

  /** Spoils the frame after it was composed: whoever copies it again shows it. */
  private static void spoil(byte[] frame) {
    java.util.Arrays.fill(frame, (byte) 99);
  }

  private static byte[] bytes(ByteBuffer composed) {
    byte[] bytes = new byte[composed.remaining()];
    composed.get(bytes);
    return bytes;
  }

  @Test
  void reusesWhatStandsInTheBuffer() {
    byte[] one = frame(1, 3);
    byte[] two = frame(2, 2);
    composer.compose(queue(one, two));
    spoil(one);
    spoil(two);
    assertThat(bytes(composer.compose(queue(one, two)))).containsExactly(1, 1, 1, 2, 2);
  }

  @Test
  void reusesTheFirstOnesAndKeepsTheRest() {
    byte[] one = frame(1, 2);
    byte[] two = frame(2, 2);
    byte[] three = frame(3, 2);
    composer.compose(queue(one, two, three));
    spoil(one);
    spoil(two);
    spoil(three);
    assertThat(bytes(composer.compose(queue(one)))).containsExactly(1, 1);
    assertThat(bytes(composer.compose(queue(one, two, three)))).containsExactly(1, 1, 2, 2, 3, 3);
  }

  @Test
  void addsToWhatStandsThere() {
    byte[] one = frame(1, 2);
    composer.compose(queue(one));
    spoil(one);
    assertThat(bytes(composer.compose(queue(one, frame(2, 1))))).containsExactly(1, 1, 2);
  }

  @Test
  void beginsInsideAFrameThatWasBegun() {
    byte[] one = frame(1, 4);
    composer.compose(queue(one, frame(2, 1)));
    OutboundQueue begun = queue(one, frame(3, 1));
    begun.taken(3);
    spoil(one);
    assertThat(bytes(composer.compose(begun))).containsExactly(1, 3);
  }

  @Test
  void forgetsTheBufferAfterASlice() {
    byte[] one = frame(1, 2);
    composer.compose(queue(one));
    composer.compose(queue(frame(7, Composer.CAPACITY + 1)));
    assertThat(bytes(composer.compose(queue(one)))).containsExactly(1, 1);
  }

  @Test
  void leavesWhatDoesNotFitForTheNextWrite() {
    ByteBuffer composed =
        composer.compose(queue(frame(1, Composer.CAPACITY - 1), frame(2, 1), frame(3, 1)));
    assertThat(composed.remaining()).isEqualTo(Composer.CAPACITY);
  }
}
