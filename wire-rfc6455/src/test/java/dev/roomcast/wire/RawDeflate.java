package dev.roomcast.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** RFC 7692 section 7.2 by the JDK's streams. Written apart from the code under test. */
public final class RawDeflate {
  private RawDeflate() {}

  /** Compresses as a client does, without what is cut off the end. */
  public static byte[] deflate(byte[] message, int level, int strategy) {
    Deflater deflater = new Deflater(level, /* nowrap= */ true);
    deflater.setStrategy(strategy);
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

  public static byte[] deflate(byte[] message) {
    return deflate(message, Deflater.DEFAULT_COMPRESSION, Deflater.DEFAULT_STRATEGY);
  }

  /** Inflates what a server sent. */
  public static byte[] inflate(byte[] compressed) {
    byte[] whole = ClientFrames.join(compressed, new byte[] {0, 0, -1, -1, 1, 0, 0, -1, -1});
    Inflater inflater = new Inflater(/* nowrap= */ true);
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(whole), inflater)) {
      return in.readAllBytes();
    } catch (IOException corrupt) {
      throw new UncheckedIOException(corrupt);
    } finally {
      inflater.end();
    }
  }
}
