package dev.roomcast.port.id;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Yields ids of clients and servers: UUIDs in their 36-character form. Thread-safe. */
@FunctionalInterface
public interface IdSource {

  /** A new id, unlike any before. */
  String next();

  /** Random UUIDs, version 4 (RFC 9562 section 5.4). */
  static IdSource uuids(RandomSource random) {
    return () -> {
      ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
      random.fill(bytes.array());
      long high = (bytes.getLong() & ~0xF000L) | 0x4000L;
      long low = (bytes.getLong() & ~(3L << 62)) | (1L << 63);
      return new UUID(high, low).toString();
    };
  }
}
