package dev.roomcast.testkit.redis;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to Redis in its own words (RESP 2), so that tests see what any other client would see. Not
 * thread-safe.
 */
public final class RespClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  private RespClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Connects to a server on loopback. */
  public static RespClient connect(int port) {
    try {
      return new RespClient(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Sends a command and reads its answer: a text, a number, null, or a list of these; an error is a
   * text that starts with {@code -}.
   */
  public @Nullable Object call(String... command) {
    send(command);
    return read();
  }

  /** Sends a command. */
  public void send(String... command) {
    StringBuilder text = new StringBuilder("*" + command.length + "\r\n");
    for (String part : command) {
      int size = part.getBytes(StandardCharsets.UTF_8).length;
      text.append('$').append(size).append("\r\n").append(part).append("\r\n");
    }
    try {
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Reads one answer, or one message of a subscription. */
  public @Nullable Object read() {
    try {
      return readValue();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private @Nullable Object readValue() throws IOException {
    int kind = in.read();
    String line = readLine();
    return switch (kind) {
      case '+' -> line;
      case '-' -> "-" + line;
      case ':' -> Long.valueOf(line);
      case '$' -> readText(Integer.parseInt(line));
      case '*' -> readList(Integer.parseInt(line));
      case -1 -> throw new EOFException("Redis closed the connection");
      default -> throw new IOException("no RESP: " + (char) kind + line);
    };
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\r' && next != -1; next = in.read()) {
      line.append((char) next);
    }
    in.read(); // the line feed
    return line.toString();
  }

  private @Nullable String readText(int size) throws IOException {
    if (size < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(size);
    in.skipNBytes(2);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<@Nullable Object> readList(int size) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(readValue());
    }
    return list;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
