package dev.roomcast.testkit.tls;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole stream of TLS as it is on the wire (RFC 8446 section 5.1). For the JDK's own sockets the
 * end of the stream is as good as a word of its end, so who wants to know looks below them.
 *
 * @param records the length of each, in bytes and without its head, in the order they came
 */
public record TlsStream(List<Integer> records) {
  /**
   * An encrypted alert: two bytes, what encrypts them and what the JDK pads them with. Nothing else
   * that comes last is as short.
   */
  private static final int LONGEST_ALERT = 64;

  public TlsStream {
    records = List.copyOf(records);
  }

  /**
   * Reads to the end of the stream; blocks until then.
   *
   * @param wire the socket's own stream, from the beginning of a record
   * @throws IOException if it cannot be read, or ends within a record
   */
  public static TlsStream readToTheEnd(InputStream wire) throws IOException {
    DataInputStream in = new DataInputStream(wire);
    List<Integer> records = new ArrayList<>();
    while (in.read() >= 0) {
      int unused = in.readUnsignedShort();
      int length = in.readUnsignedShort();
      in.skipNBytes(length);
      records.add(length);
    }
    return new TlsStream(records);
  }

  /**
   * Whether the last record may be a {@code close_notify}, without which the stream counts as cut
   * off (RFC 8446 section 6.1).
   */
  public boolean saysThatItEnds() {
    return !records.isEmpty() && records.getLast() <= LONGEST_ALERT;
  }

  /** The bytes of all records together. */
  public long bytes() {
    return records.stream().mapToLong(length -> length).sum();
  }
}
