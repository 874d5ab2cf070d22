package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Encoder and decoder against each other, and the masking against its definition. */
final class FramePropertiesTest {

  @Property
  void readsWhatTheEncoderWrote(@ForAll @IntRange(max = 70_000) int length) {
    byte[] payload = new byte[length];
    FrameHeader header = new FrameHeader();
    ByteBuffer in = ByteBuffer.wrap(FrameEncoder.text(payload));
    assertThat(header.read(in)).isTrue();
    assertThat(header.opcode()).isEqualTo(Opcode.TEXT);
    assertThat(header.fin()).isTrue();
    assertThat(header.reserved()).isZero();
    assertThat(header.masked()).isFalse();
    assertThat(header.minimal()).isTrue();
    assertThat(header.length()).isEqualTo(length).isEqualTo(in.remaining());
  }

  @Property
  void unmasksAnyRangeInBothByteOrders(
      @ForAll @Size(max = 100) byte[] bytes,
      @ForAll int mask,
      @ForAll @IntRange(max = 20) int from,
      @ForAll boolean little) {
    int start = Math.min(from, bytes.length);
    byte[] key = ByteBuffer.allocate(4).putInt(mask).array();
    byte[] expected = bytes.clone();
    for (int i = start; i < bytes.length; i++) {
      expected[i] ^= key[i % 4];
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes.clone());
    buffer.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    Unmask.inPlace(buffer, start, bytes.length, Unmask.at(mask, start));
    assertThat(buffer.array()).isEqualTo(expected);
  }
}
