package dev.roomcast.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** A client that writes what it is told, byte by byte, and reads HTTP heads and server's frames. */
final class RawClient implements AutoCloseable {
  static final int TEXT = 1;
  static final int CLOSE = 8;

  /** One frame of the server. */
  record Frame(int opcode, ByteBuffer payload) {
    String text() {
      return UTF_8.decode(payload.duplicate()).toString();
    }

    int closeCode() {
      return payload.getShort(0) & 0xFFFF;
    }
  }

  final Socket socket;
  private final DataInputStream in;

  RawClient(URI server) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), server.getPort()));
  }

  RawClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(20_000);
    in = new DataInputStream(socket.getInputStream());
  }

  static String upgradeRequest(String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  }

  static String pageRequest(String method, String path) {
    return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  /** A text frame with the mask 0, which leaves the payload as it is. */
  static byte[] textFrame(String text) {
    return frame(TEXT, text.getBytes(UTF_8));
  }

  static byte[] frame(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.putInt(0).put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(US_ASCII));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Status line and headers. */
  String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /** Head and body, by its Content-Length. */
  String readResponse() throws IOException {
    String head = readHead();
    return head + new String(in.readNBytes(contentLength(head)), UTF_8);
  }

  static int contentLength(String head) {
    String lower = head.toLowerCase(Locale.ROOT);
    String name = "content-length:";
    int at = lower.indexOf(name) + name.length();
    return Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)).strip());
  }

  Frame readFrame() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0F;
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    return new Frame(opcode, ByteBuffer.wrap(in.readNBytes((int) length)));
  }

  /** All bytes until the server closes; through TLS also without saying so. */
  byte[] readToEnd() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      in.transferTo(bytes);
    } catch (SSLException cut) {
      if (!(cut.getCause() instanceof EOFException)) {
        throw cut;
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
