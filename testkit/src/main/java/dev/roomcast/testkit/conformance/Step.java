package dev.roomcast.testkit.conformance;

import java.util.HexFormat;
import java.util.List;

/** One thing that a client does in a case. Arrays are never changed, and steps never compared. */
@SuppressWarnings("ArrayRecordComponent")
sealed interface Step {

  /** Asks for the upgrade and gets it; for texts among what follows, see {@link Request}. */
  record Upgrade(Request request) implements Step {
    @Override
    public String toString() {
      return "asks for the upgrade";
    }
  }

  /** Asks for the upgrade and is refused. */
  record Refused(Request request, List<Integer> statuses) implements Step {
    @Override
    public String toString() {
      return "is refused with one of " + statuses;
    }
  }

  /**
   * Writes bytes.
   *
   * @param piece how many in one write
   */
  record Send(byte[] bytes, int piece) implements Step {
    private static final int SHOWN = 32;

    @Override
    public String toString() {
      int shown = Math.min(SHOWN, bytes.length);
      return "sends %d bytes%s: %s%s"
          .formatted(
              bytes.length,
              piece < bytes.length ? " in pieces of " + piece : "",
              HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown),
              shown < bytes.length ? " ..." : "");
    }
  }

  /** Reads a message that came back. */
  record Echo(int opcode, byte[] payload) implements Step {
    @Override
    public String toString() {
      return "expects the echo, a frame 0x%02X of %d bytes"
          .formatted(0x80 | opcode, payload.length);
    }
  }

  /** Reads pongs up to that of the last ping; earlier ones may be left out (section 5.5.3). */
  record Pongs(List<byte[]> payloads) implements Step {}

  /** Reads a close that the server begins, because of a fault of the client's. */
  record Fail(int code) implements Step {
    @Override
    public String toString() {
      return "expects that the server closes with " + code;
    }
  }

  /** Reads the close that answers the client's own; after it nothing is sent. */
  record Answer(int code) implements Step {
    @Override
    public String toString() {
      return "expects that its close is answered with " + code;
    }
  }

  /** Ends its half of the stream. */
  record EndOfStream() implements Step {
    @Override
    public String toString() {
      return "ends the stream";
    }
  }
}
