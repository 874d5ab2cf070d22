package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.PreparedMessage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A prepared text that can be read again. */
final class SimulatedMessage implements PreparedMessage {
  private final SimulatedTransport preparedBy;
  private final byte[] utf8;
  private @Nullable String text;

  SimulatedMessage(SimulatedTransport preparedBy, byte[] utf8) {
    this.preparedBy = preparedBy;
    this.utf8 = utf8;
  }

  boolean isOf(SimulatedTransport transport) {
    return preparedBy == transport;
  }

  @Override
  public int size() {
    return utf8.length;
  }

  /** The size with the header of an unmasked frame (RFC 6455 section 5.2). */
  long framedSize() {
    return size() + (size() < 126 ? 2L : size() < 65_536 ? 4L : 10L);
  }

  /** Decoded on first use and kept: one message goes to thousands of clients. */
  String text() {
    String decoded = text;
    if (decoded == null) {
      decoded = new String(utf8, StandardCharsets.UTF_8);
      text = decoded;
    }
    return decoded;
  }
}
