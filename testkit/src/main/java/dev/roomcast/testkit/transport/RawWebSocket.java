package dev.roomcast.testkit.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * A client on a socket that does exactly what a test says and nothing by itself: it answers no ping
 * and no close, and can break every rule. Reading blocks, up to its patience. One thread may write
 * while another reads.
 */
public final class RawWebSocket implements AutoCloseable {

  /** The example of RFC 6455 section 1.3. */
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private final URI address;
  private final Duration patience;

  /** TCP, below TLS if there is any. */
  private final Socket socket;

  private final Socket secured;
  private final DataInputStream in;
  private final OutputStream out;

  private RawWebSocket(URI address, Duration patience, Socket socket, Socket secured)
      throws IOException {
    this.address = address;
    this.patience = patience;
    this.socket = socket;
    this.secured = secured;
    this.in = new DataInputStream(new BufferedInputStream(secured.getInputStream()));
    this.out = secured.getOutputStream();
  }

  /**
   * Connects, without a request yet.
   *
   * @param patience how long a read may take
   * @param receiveBuffer bytes for SO_RCVBUF, 0 for the system's choice; small ones make the server
   *     feel early that nobody reads
   */
  public static RawWebSocket connect(URI address, Duration patience, int receiveBuffer) {
    return connect(address, patience, receiveBuffer, SocketFactory.getDefault());
  }

  /**
   * The same on a socket of one's own.
   *
   * @param sockets makes sockets that are not connected yet; those of {@code
   *     SSLContext.getSocketFactory()} lie over one of TCP
   */
  public static RawWebSocket connect(
      URI address, Duration patience, int receiveBuffer, SocketFactory sockets) {
    return io(
        () -> {
          Socket socket =
              sockets instanceof SSLSocketFactory ? new Socket() : sockets.createSocket();
          if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
          }
          socket.setTcpNoDelay(true);
          socket.setSoTimeout((int) patience.toMillis());
          socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
          Socket secured =
              sockets instanceof SSLSocketFactory tls
                  ? tls.createSocket(
                      socket, address.getHost(), address.getPort(), /* autoClose= */ true)
                  : socket;
          return new RawWebSocket(address, patience, socket, secured);
        });
  }

  /** The upgrade request of RFC 6455 section 4.1, with more header lines if wanted. */
  public String upgradeRequest(String... more) {
    return "GET " + target() + " HTTP/1.1\r\n" + headers("websocket", "13", KEY, more);
  }

  String target() {
    return address.getRawPath()
        + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
  }

  String headers(String upgrade, String version, String key, String... more) {
    StringBuilder lines = new StringBuilder();
    lines.append("Host: ").append(address.getAuthority()).append("\r\n");
    lines.append("Connection: Upgrade\r\nUpgrade: ").append(upgrade).append("\r\n");
    lines.append("Sec-WebSocket-Version: ").append(version).append("\r\n");
    lines.append("Sec-WebSocket-Key: ").append(key).append("\r\n");
    for (String line : more) {
      lines.append(line).append("\r\n");
    }
    return lines.append("\r\n").toString();
  }

  /** Writes a request and reads the answer. */
  public HttpAnswer request(String head) {
    write(head.getBytes(StandardCharsets.US_ASCII));
    return readAnswer();
  }

  /** Upgrades; fails unless the server agrees. */
  public RawWebSocket upgrade(String... moreHeaders) {
    HttpAnswer answer = request(upgradeRequest(moreHeaders));
    if (answer.status() != 101 || !ACCEPT.equals(answer.headers().get("Sec-WebSocket-Accept"))) {
      throw new AssertionError("no upgrade: " + answer);
    }
    return this;
  }

  /** Reads the head of a response, and of an error also its body. */
  public HttpAnswer readAnswer() {
    return io(
        () -> {
          String[] statusLine = readLine().split(" ", 3);
          Map<String, String> headers = new LinkedHashMap<>();
          for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
          }
          int status = Integer.parseInt(statusLine[1]);
          HttpAnswer head = new HttpAnswer(status, headers, "");
          String length = head.headers().getOrDefault("Content-Length", "0");
          byte[] body = status == 101 ? new byte[0] : in.readNBytes(Integer.parseInt(length));
          return new HttpAnswer(status, headers, new String(body, StandardCharsets.UTF_8));
        });
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("end of stream in the head of a response, after: " + line);
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Sends a text message in one frame. */
  public void send(String text) {
    write(ClientFrames.text(text));
  }

  /** Sends a close frame. */
  public void sendClose(int code, String reason) {
    write(ClientFrames.close(code, reason));
  }

  /** Writes bytes as they are. */
  public void write(byte[] bytes) {
    io(
        () -> {
          out.write(bytes);
          out.flush();
          return bytes;
        });
  }

  /**
   * Writes byte by byte with a pause after each, until all are written or the server ends it.
   *
   * @return whether all bytes were written
   */
  public boolean trickle(byte[] bytes, Duration pause) {
    for (byte one : bytes) {
      try {
        write(new byte[] {one});
      } catch (UncheckedIOException ended) {
        return false;
      }
      if (!staysSilentFor(pause)) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing comes for so long, neither a byte nor the end. */
  public boolean staysSilentFor(Duration time) {
    return io(
        () -> {
          socket.setSoTimeout((int) time.toMillis());
          in.mark(1);
          try {
            int next = in.read();
            if (next >= 0) {
              in.reset();
            }
            return false;
          } catch (SocketTimeoutException silence) {
            return true;
          } catch (SocketException broken) {
            return false;
          } finally {
            socket.setSoTimeout((int) patience.toMillis());
          }
        });
  }

  /** Reads one frame; fails if it is masked or its length not minimal, or if the stream ends. */
  public ServerFrame read() {
    return io(
        () -> {
          int firstByte = in.readUnsignedByte();
          int form = in.readUnsignedByte();
          long length = form == 126 ? in.readUnsignedShort() : form == 127 ? in.readLong() : form;
          long least = form == 126 ? 126 : form == 127 ? 0x1_0000 : 0;
          if (form > 127 || length < least || length > Integer.MAX_VALUE) {
            throw new AssertionError(
                "not a server's frame: length byte " + form + ", length " + length);
          }
          byte[] payload = in.readNBytes((int) length);
          if (payload.length < length) {
            throw new EOFException("a frame was cut after " + payload.length + " of " + length);
          }
          return new ServerFrame(firstByte, payload);
        });
  }

  /** Reads one text message in one frame. */
  public String readText() {
    ServerFrame frame = read();
    if (frame.firstByte() != (ClientFrames.FIN | ClientFrames.TEXT)) {
      throw new AssertionError("expected a text, came " + frame);
    }
    return frame.text();
  }

  /** Reads the close frame, after skipping everything before it. */
  public ServerFrame readUntilClose() {
    ServerFrame frame = read();
    while (!frame.isClose()) {
      frame = read();
    }
    return frame;
  }

  /** Reads and drops everything up to the end of the stream or a reset. */
  public void awaitEnd() {
    try {
      while (in.read() >= 0) {
        in.skipNBytes(in.available());
      }
    } catch (SocketTimeoutException late) {
      throw new AssertionError("the server has not ended the connection in " + patience, late);
    } catch (IOException reset) {
      // As good an end as any.
      return;
    }
  }

  /** Reads the end of the stream or a reset; fails if anything comes before it. */
  public void expectEnd() {
    int next;
    try {
      next = in.read();
    } catch (SocketTimeoutException late) {
      throw new AssertionError("the server has not ended the connection in " + patience, late);
    } catch (IOException reset) {
      // As good an end as any.
      return;
    }
    if (next >= 0) {
      throw new AssertionError("expected the end, came the byte 0x%02X".formatted(next));
    }
  }

  /** Ends the stream to the server and goes on reading. */
  public void halfClose() {
    io(
        () -> {
          secured.shutdownOutput();
          return secured;
        });
  }

  /** Breaks the connection with a TCP reset, below TLS. */
  public void reset() {
    io(
        () -> {
          socket.setSoLinger(true, 0);
          socket.close();
          return socket;
        });
  }

  /** The port at this end, by which a server knows it. */
  public int localPort() {
    return socket.getLocalPort();
  }

  /** Closes the socket; TLS says nothing of it. */
  @Override
  public void close() {
    io(
        () -> {
          socket.close();
          return socket;
        });
  }

  private interface Io<T> {
    T run() throws IOException;
  }

  private static <T> T io(Io<T> work) {
    try {
      return work.run();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
