package dev.roomcast.testkit.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A message's payload in both forms of RFC 7692 section 7.2, each message by itself. */
final class RawDeflate {
  /** What is cut off the end, and a last block, behind which nothing may come. */
  private static final byte[] TAIL = {0, 0, -1, -1, 1, 0, 0, -1, -1};

  private RawDeflate() {}

  static byte[] deflate(byte[] message) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, /* nowrap= */ true);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(compressed, deflater, 512, /* syncFlush= */ true)) {
      out.write(message);
      out.flush();
      byte[] bytes = compressed.toByteArray();
      return Arrays.copyOf(bytes, bytes.length - 4);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      deflater.end();
    }
  }

  static byte[] deflate(String text) {
    return deflate(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Inflates.
   *
   * @param limit no more than so many bytes come back
   * @throws IOException if the data is corrupt
   */
  static byte[] inflate(byte[] compressed, int limit) throws IOException {
    Inflater inflater = new Inflater(/* nowrap= */ true);
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(ClientFrames.join(compressed, TAIL)), inflater)) {
      return in.readNBytes(limit);
    } finally {
      inflater.end();
    }
  }
}
