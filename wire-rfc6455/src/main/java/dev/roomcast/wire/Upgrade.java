package dev.roomcast.wire;

import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.wire.internal.DeflateNegotiation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers upgrade requests: the protocol's rules first, then the acceptor. Thread-safe. */
final class Upgrade {
  private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);

  /** RFC 6455 section 1.3. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int SERVER_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  private final Acceptor acceptor;
  private final boolean compression;

  /**
   * Answers for one transport.
   *
   * @param compression whether permessage-deflate is agreed on with clients that offer it
   */
  Upgrade(Acceptor acceptor, boolean compression) {
    this.acceptor = acceptor;
    this.compression = compression;
  }

  /** Whether the answer to a request that was upgraded agreed on compression. */
  boolean compresses(Handshake handshake) {
    return deflate(handshake).isPresent();
  }

  private Optional<String> deflate(Handshake handshake) {
    return compression
        ? DeflateNegotiation.accept(UpgradeCheck.extensions(handshake))
        : Optional.empty();
  }

  /**
   * Answers a request; the acceptor is asked once, and only about one that is correct.
   *
   * @param accepting whether there are upgrades at all
   */
  UpgradeResponse answer(UpgradeRequest request, boolean accepting) {
    Optional<UpgradeResponse.Refuse> refusal = UpgradeCheck.refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return accepting
        ? ask(request)
        : UpgradeCheck.refuse(UNAVAILABLE, Map.of(), "Server shutting down");
  }

  private UpgradeResponse ask(UpgradeRequest request) {
    Handshake handshake = request.handshake();
    Verdict verdict;
    try {
      verdict = acceptor.admit(handshake);
    } catch (RuntimeException thrown) {
      LOG.error("acceptor threw over the request from {}", handshake.remoteAddress(), thrown);
      return UpgradeCheck.refuse(SERVER_ERROR, Map.of(), "Internal error");
    }
    return switch (verdict) {
      case Verdict.Reject reject -> UpgradeCheck.refuse(reject.status(), Map.of(), reject.reason());
      case Verdict.Accept accept -> accept(request, accept);
    };
  }

  private UpgradeResponse accept(UpgradeRequest request, Verdict.Accept accept) {
    Handshake handshake = request.handshake();
    String subprotocol = accept.subprotocol();
    Map<String, String> headers = new LinkedHashMap<>();
    if (!request.extendedConnect()) {
      headers.put("Upgrade", "websocket");
      headers.put("Connection", "Upgrade");
      headers.put("Sec-WebSocket-Accept", accept(handshake.header(UpgradeCheck.KEY).orElseThrow()));
    }
    if (subprotocol != null) {
      if (!handshake.offeredSubprotocols().contains(subprotocol)) {
        LOG.error(
            "acceptor chose the subprotocol {}, expected one of {} that the client offered",
            subprotocol,
            handshake.offeredSubprotocols());
        return UpgradeCheck.refuse(SERVER_ERROR, Map.of(), "Internal error");
      }
      headers.put("Sec-WebSocket-Protocol", subprotocol);
    }
    deflate(handshake).ifPresent(agreed -> headers.put(UpgradeCheck.EXTENSIONS, agreed));
    return new UpgradeResponse.Switch(Map.copyOf(headers), handshake.withSubprotocol(subprotocol));
  }

  /** Proves that the key was read (RFC 6455 section 4.2.2, step 5.4). */
  static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key.strip() + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-1", impossible);
    }
  }
}
