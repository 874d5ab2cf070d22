package dev.roomcast.testkit.transport;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Reads and answers one upgrade request (RFC 6455 section 4.2). */
final class UpgradeReader {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final TransportContext context;
  private final Socket socket;
  private final InputStream in;
  private final Set<Fault> faults;
  private final Deflation deflation;

  UpgradeReader(
      TransportContext context,
      Socket socket,
      InputStream in,
      Set<Fault> faults,
      Deflation deflation) {
    this.deflation = deflation;
    this.context = context;
    this.socket = socket;
    this.in = in;
    this.faults = faults;
  }

  /** Returns the request once it was accepted and answered; empty after any other answer. */
  Optional<Handshake> read(BooleanSupplier accepting) throws IOException {
    Optional<String> head = head();
    if (head.isEmpty()) {
      refuse(431, "");
      return Optional.empty();
    }
    String[] lines = head.get().strip().split("\r\n", -1);
    String[] request = lines[0].split(" ", -1);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers
          .computeIfAbsent(lines[i].substring(0, colon), name -> new ArrayList<>())
          .add(lines[i].substring(colon + 1).strip());
    }
    // Also a whole URI, as to a proxy (RFC 9112 section 3.2.2).
    String[] target = request[1].replaceFirst("^http://[^/]*", "").split("\\?", 2);
    Handshake handshake =
        new Handshake(
            (InetSocketAddress) socket.getRemoteSocketAddress(),
            target[0],
            query(target.length > 1 ? target[1] : ""),
            headers,
            null);
    int fault = fault(request[0], request[2], handshake);
    if (fault > 0) {
      refuse(fault, "refused");
      return Optional.empty();
    }
    if (!accepting.getAsBoolean()) {
      refuse(503, "");
      return Optional.empty();
    }
    return switch (context.acceptor().admit(handshake)) {
      case Verdict.Reject(int status, String reason) -> {
        refuse(status, reason);
        yield Optional.empty();
      }
      case Verdict.Accept(String subprotocol) -> {
        String more =
            (subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                + deflation
                    .answer(context.settings(), handshake)
                    .map(agreed -> "Sec-WebSocket-Extensions: " + agreed + "\r\n")
                    .orElse("");
        write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + (faults.contains(Fault.ANSWERS_A_FIXED_ACCEPT)
                    ? RawWebSocket.ACCEPT
                    : accept(handshake.header("Sec-WebSocket-Key").orElseThrow()))
                + "\r\n"
                + more
                + "\r\n");
        yield Optional.of(handshake.withSubprotocol(subprotocol));
      }
    };
  }

  /** The head of the request; empty if it is too long. Bounded in time as a whole. */
  private Optional<String> head() throws IOException {
    TimeSource time = context.time();
    long deadline = time.nanoTime() + context.settings().handshakeTimeout().toNanos();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      long left = (deadline - time.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("the request takes too long");
      }
      socket.setSoTimeout((int) left);
      int next = in.read();
      if (next < 0) {
        throw new IOException("end of stream in the request");
      }
      head.write(next);
      if (head.size() > context.settings().maxHandshakeBytes()) {
        return Optional.empty();
      }
      text = next == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
    }
    return Optional.of(text);
  }

  private int fault(String method, String protocol, Handshake request) {
    if (!request.path().equals(context.settings().path())
        && !faults.contains(Fault.TAKES_ANY_PATH)) {
      return 404;
    }
    boolean anyVersion = faults.contains(Fault.TAKES_ANY_VERSION);
    if (!hasToken(request, "Upgrade", "websocket")
        || (!anyVersion && !values(request, "Sec-WebSocket-Version").equals(List.of("13")))) {
      return faults.contains(Fault.CALLS_PLAIN_REQUESTS_MALFORMED) ? 400 : 426;
    }
    boolean anyMethod = faults.contains(Fault.TAKES_ANY_METHOD);
    boolean proper =
        (anyMethod || (method.equals("GET") && protocol.equals("HTTP/1.1")))
            && hasToken(request, "Connection", "upgrade")
            && values(request, "Host").size() == 1
            && values(request, "Transfer-Encoding").isEmpty()
            && values(request, "Content-Length").stream().allMatch("0"::equals);
    return proper && keyIsProper(request) ? 0 : 400;
  }

  private boolean keyIsProper(Handshake request) {
    List<String> keys = values(request, "Sec-WebSocket-Key");
    if (faults.contains(Fault.TAKES_ANY_KEY)) {
      return !keys.isEmpty();
    }
    return keys.size() == 1 && keys.getFirst().matches("[A-Za-z0-9+/]{21}[AQgw]==");
  }

  private static List<String> values(Handshake request, String header) {
    return request.headers().getOrDefault(header, List.of());
  }

  private boolean hasToken(Handshake request, String header, String token) {
    if (faults.contains(Fault.TAKES_TOKENS_LITERALLY)) {
      return request.header(header).filter(token::equalsIgnoreCase).isPresent();
    }
    return values(request, header).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .anyMatch(found -> found.strip().equalsIgnoreCase(token));
  }

  private static Map<String, List<String>> query(String text) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query
          .computeIfAbsent(parts[0], name -> new ArrayList<>())
          .add(URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
    }
    return query;
  }

  private static String accept(String key) {
    try {
      byte[] bytes = (key + MAGIC).getBytes(StandardCharsets.US_ASCII);
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new AssertionError(missing);
    }
  }

  private void refuse(int status, String body) throws IOException {
    write(
        "HTTP/1.1 %d Refused\r\nSec-WebSocket-Version: 13\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.length(), body));
    // Closing with unread input would destroy the answer.
    socket.shutdownOutput();
    socket.setSoTimeout(500);
    in.skipNBytes(Long.MAX_VALUE);
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
