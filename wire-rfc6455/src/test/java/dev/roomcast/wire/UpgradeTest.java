package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Compression;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.wire.UpgradeResponse.Refuse;
import dev.roomcast.wire.UpgradeResponse.Switch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 4.2. */
final class UpgradeTest {
  private final Map<String, List<String>> headers = new TreeMap<>();
  private int asked;
  private @Nullable Verdict verdict = Verdict.accept();

  private final Acceptor acceptor =
      new Acceptor() {
        @Override
        public Verdict admit(Handshake request) {
          asked++;
          if (verdict == null) {
            throw new IllegalStateException("broken on purpose");
          }
          return verdict;
        }

        @Override
        public ConnectionListener opened(Connection connection, Handshake handshake) {
          throw new AssertionError("nothing is opened here");
        }
      };

  private WebSocketWire wire = wire(Compression.off());

  private WebSocketWire wire(Compression compression) {
    return new WebSocketWire(
        new TransportContext(
            TransportSettings.defaults().withCompression(compression),
            acceptor,
            Observer.none(),
            TimeSource.system()));
  }

  UpgradeTest() {
    headers.put("Host", List.of("server.example.com"));
    headers.put("Upgrade", List.of("websocket"));
    headers.put("Connection", List.of("Upgrade"));
    headers.put("Sec-WebSocket-Key", List.of("dGhlIHNhbXBsZSBub25jZQ=="));
    headers.put("Sec-WebSocket-Version", List.of("13"));
  }

  private UpgradeResponse answer(String method, String version) {
    return wire.upgrade(
        new UpgradeRequest(
            method,
            version,
            new Handshake(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                "/ws",
                Map.of(),
                headers,
                null)));
  }

  private UpgradeResponse answer() {
    return answer("GET", "HTTP/1.1");
  }

  private void refuses(int status, String expected) {
    assertThat(answer())
        .isInstanceOfSatisfying(
            Refuse.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(status);
              assertThat(refusal.body()).contains(expected);
              assertThat(refusal.headers()).containsEntry("X-Content-Type-Options", "nosniff");
            });
    assertThat(asked).isZero();
  }

  @Test
  void answersTheExampleOfTheRfc() {
    assertThat(answer().headers())
        .containsEntry("Upgrade", "websocket")
        .containsEntry("Connection", "Upgrade")
        .containsEntry("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        .hasSize(3);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void takesHeadersInAnyCaseAndAsLists() {
    headers.remove("Upgrade");
    headers.put("upgrade", List.of("h2c, WebSocket"));
    headers.put("Connection", List.of("keep-alive", "foo, UPGRADE"));
    assertThat(answer()).isInstanceOf(Switch.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1", "HTTP/1.2"})
  void takesVersionsOfHttp1FromOneOn(String version) {
    assertThat(answer("GET", version)).isInstanceOf(Switch.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0", "HTTP/0.9", "HTTP/1", "", "SPDY/3"})
  void refusesLowerVersionsOfHttp(String version) {
    assertThat(answer("GET", version))
        .isInstanceOfSatisfying(
            Refuse.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/2", "HTTP/2.0", "HTTP/3"})
  void answers505WhereHttpHasNoUpgrade(String version) {
    headers.remove("Upgrade");
    assertThat(answer("GET", version))
        .isInstanceOfSatisfying(
            Refuse.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(505);
              assertThat(refusal.headers()).doesNotContainKeys("Upgrade", "Connection");
              assertThat(refusal.body()).contains("HTTP/1.1", "'" + version + "'");
            });
    assertThat(asked).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "get", "CONNECT"})
  void refusesOtherMethods(String method) {
    assertThat(answer(method, "HTTP/1.1"))
        .isInstanceOfSatisfying(
            Refuse.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.body()).contains("'" + method + "'", "expected 'GET'");
            });
  }

  @Test
  void asksForAnUpgradeWhereThereIsNone() {
    headers.remove("Upgrade");
    refuses(426, "WebSocket only");
    assertThat(answer().headers())
        .containsEntry("Upgrade", "websocket")
        .containsEntry("Sec-WebSocket-Version", "13");
  }

  @Test
  void asksForAnUpgradeToWebSocketAlone() {
    headers.put("Upgrade", List.of("h2c"));
    refuses(426, "websocket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "14", "013", "13, 8", "x"})
  void asksForVersion13(String version) {
    headers.put("Sec-WebSocket-Version", List.of(version));
    refuses(426, "'" + version + "', expected '13'");
    assertThat(answer().headers()).containsEntry("Sec-WebSocket-Version", "13");
  }

  @Test
  void asksForAVersionWhereThereIsNone() {
    headers.remove("Sec-WebSocket-Version");
    refuses(426, "expected '13'");
  }

  @Test
  void refusesAConnectionThatIsNotUpgraded() {
    headers.put("Connection", List.of("keep-alive"));
    refuses(400, "Connection");
  }

  @Test
  void refusesARequestWithoutAHost() {
    headers.remove("Host");
    refuses(400, "Host");
  }

  @Test
  void refusesARequestWithoutAKey() {
    headers.remove("Sec-WebSocket-Key");
    refuses(400, "Sec-WebSocket-Key");
  }

  @Test
  void refusesTwoKeys() {
    headers.put(
        "Sec-WebSocket-Key", List.of("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ=="));
    refuses(400, "exactly one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "dGhlIHNhbXBsZSBub25jZQ",
        "dGhlIHNhbXBsZSBub25jZTE=",
        "!!!!IHNhbXBsZSBub25jZQ=="
      })
  void refusesAKeyThatIsNot16BytesInBase64(String key) {
    headers.put("Sec-WebSocket-Key", List.of(key));
    refuses(400, "expected 16 bytes in base64");
  }

  @Test
  void agreesOnCompressionWhereItIsOn() {
    wire = wire(Compression.from(0));
    headers.put(
        "Sec-WebSocket-Extensions",
        List.of("x-webkit-deflate-frame", "permessage-deflate; client_max_window_bits"));
    assertThat(answer().headers())
        .containsEntry(
            "Sec-WebSocket-Extensions",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover");
  }

  @Test
  void agreesOnNoCompressionWhereItIsOff() {
    headers.put("Sec-WebSocket-Extensions", List.of("permessage-deflate"));
    assertThat(answer()).isInstanceOf(Switch.class);
    assertThat(answer().headers()).doesNotContainKey("Sec-WebSocket-Extensions");
  }

  @Test
  void goesOnWithoutAnExtensionThatItCannotKeepTo() {
    wire = wire(Compression.from(0));
    headers.put(
        "Sec-WebSocket-Extensions", List.of("permessage-deflate; server_max_window_bits=9"));
    assertThat(answer()).isInstanceOf(Switch.class);
    assertThat(answer().headers()).doesNotContainKey("Sec-WebSocket-Extensions");
  }

  /** RFC 6455 section 9.1: who gets such a header must fail the connection. */
  @Test
  void refusesExtensionsThatDoNotFollowTheGrammar() {
    headers.put("Sec-WebSocket-Extensions", List.of("permessage-deflate; =1"));
    refuses(400, "Sec-WebSocket-Extensions is 'permessage-deflate; =1'");
  }

  @Test
  void quotesLittleOfWhatAClientSent() {
    headers.put("Sec-WebSocket-Version", List.of("1\r\n" + "x".repeat(10_000)));
    assertThat(answer())
        .isInstanceOfSatisfying(
            Refuse.class,
            refusal -> assertThat(refusal.body()).hasSizeLessThan(200).doesNotContain("\n"));
  }

  @Test
  void answersWithTheSubprotocolOfTheAcceptor() {
    headers.put("Sec-WebSocket-Protocol", List.of("chat, superchat"));
    verdict = new Verdict.Accept("superchat");
    assertThat(answer())
        .isInstanceOfSatisfying(
            Switch.class,
            accepted -> {
              assertThat(accepted.headers()).containsEntry("Sec-WebSocket-Protocol", "superchat");
              assertThat(accepted.handshake().subprotocol()).isEqualTo("superchat");
            });
  }

  @Test
  void failsOverASubprotocolThatWasNotOffered() {
    verdict = new Verdict.Accept("other");
    assertThat(answer())
        .isInstanceOfSatisfying(
            Refuse.class, refusal -> assertThat(refusal.status()).isEqualTo(500));
  }

  @Test
  void refusesOnceItDoesNotAcceptAnyMore() {
    wire.stopAccepting();
    refuses(503, "shutting down");
  }

  @Test
  void answersAnAcceptorThatThrowsWithAnError() {
    verdict = null;
    assertThat(answer())
        .isInstanceOfSatisfying(
            Refuse.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(500);
              assertThat(refusal.body()).isEqualTo("Internal error");
            });
  }

  @Test
  void passesTheAcceptorsRefusalOn() {
    verdict = new Verdict.Reject(403, "origin not allowed");
    assertThat(answer())
        .isInstanceOfSatisfying(
            Refuse.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(403);
              assertThat(refusal.body()).isEqualTo("origin not allowed");
            });
  }

  private UpgradeResponse connect(String method, String protocol) {
    headers.remove("Host");
    headers.remove("Upgrade");
    headers.remove("Connection");
    headers.remove("Sec-WebSocket-Key");
    return wire.upgrade(
        new UpgradeRequest(
            method,
            "HTTP/2.0",
            protocol,
            new Handshake(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                "/ws",
                Map.of(),
                headers,
                null)));
  }

  @Test
  void answersAnExtendedConnectWithoutTheHeadersOfAnUpgrade() {
    assertThat(connect("CONNECT", "websocket"))
        .isInstanceOfSatisfying(
            UpgradeResponse.Switch.class, agreed -> assertThat(agreed.headers()).isEmpty());
    assertThat(asked).isOne();
  }

  @Test
  void refusesAnExtendedConnectToAnotherProtocol() {
    assertThat(connect("CONNECT", "connect-udp"))
        .isInstanceOfSatisfying(
            Refuse.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(501);
              assertThat(refusal.body()).contains("'connect-udp', expected 'websocket'");
            });
    assertThat(asked).isZero();
  }

  @Test
  void refusesAnExtendedConnectInAnotherVersion() {
    headers.put("Sec-WebSocket-Version", List.of("8"));
    assertThat(connect("CONNECT", "websocket"))
        .isInstanceOfSatisfying(
            Refuse.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.headers())
                  .containsEntry("Sec-WebSocket-Version", "13")
                  .doesNotContainKeys("Upgrade", "Connection");
            });
    assertThat(asked).isZero();
  }

  @Test
  void refusesAnExtendedConnectOfAnotherMethod() {
    assertThat(connect("GET", "websocket"))
        .isInstanceOfSatisfying(
            Refuse.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }
}
