package dev.roomcast.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.testkit.transport.RawWebSocket;
import dev.roomcast.wire.tls.Tls;
import dev.roomcast.wire.tls.TlsOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes to a port with TLS before there is a connection. */
@Timeout(60)
final class UndertowTlsTest {
  private static final TransportSettings HURRIED =
      TransportSettings.defaults().withHandshakeTimeout(Duration.ofMillis(300));

  private static TestCertificate certificate;
  private static TestCertificate other;

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) {
    certificate = TestCertificate.in(directory.resolve("first"));
    other = TestCertificate.in(directory.resolve("other"));
  }

  private static EchoServer server(TransportSettings settings) {
    return new EchoServer(
        UndertowOptions.port(0).withIoThreads(1).withTls(certificate.server()),
        settings,
        certificate.client().getSocketFactory());
  }

  private static RawClient inTheClear(EchoServer server) throws IOException {
    return new RawClient(server.uri);
  }

  private static void assertEchoes(RawClient client) throws IOException {
    client.send(RawClient.textFrame("hello"));
    assertThat(client.readFrame().text()).isEqualTo("hello");
  }

  @Test
  void saysThatItsAddressIsSecure() {
    try (EchoServer server = server(TransportSettings.defaults())) {
      assertThat(server.uri.getScheme()).isEqualTo("wss");
    }
  }

  @Test
  void cutsAPeerThatNeverBeginsItsHandshake() throws Exception {
    try (EchoServer server = server(HURRIED);
        RawClient client = inTheClear(server)) {
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void cutsAPeerThatDripsItsHandshake() throws Exception {
    try (EchoServer server = server(HURRIED);
        RawWebSocket client =
            RawWebSocket.connect(
                server.uri, Duration.ofSeconds(20), 0, SocketFactory.getDefault())) {
      assertThat(client.trickle(ClientHello.of(certificate.client()), Duration.ofMillis(10)))
          .isFalse();
      client.awaitEnd();
    }
  }

  @Test
  void cutsAPeerThatStopsInTheMiddleOfItsHandshake() throws Exception {
    try (EchoServer server = server(HURRIED);
        RawClient client = inTheClear(server)) {
      client.send(ClientHello.of(certificate.client()));
      // The server's side of the handshake, and then the end.
      assertThat(client.readToEnd()).isNotEmpty();
    }
  }

  @Test
  void cutsAPeerThatSaysNothingAfterItsHandshake() throws Exception {
    try (EchoServer server = server(HURRIED);
        RawClient client = server.connect()) {
      ((SSLSocket) client.socket).startHandshake();
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n", "\0\1\2\3", "\26\3\1\377\377\1"})
  void endsWhoDoesNotSpeakTlsWithoutAComplaint(String said) throws Exception {
    try (Complaints complaints = new Complaints();
        EchoServer server = server(HURRIED);
        RawClient client = inTheClear(server).send(said)) {
      assertThat(new String(client.readToEnd(), US_ASCII)).doesNotContain("HTTP");
      try (RawClient next = server.upgraded()) {
        assertEchoes(next);
      }
      assertThat(complaints.heard()).isEmpty();
    }
  }

  @Test
  void endsWhoDoesNotTrustItWithoutAComplaint() throws Exception {
    try (Complaints complaints = new Complaints();
        EchoServer server = server(TransportSettings.defaults());
        RawClient client =
            new RawClient(
                other
                    .client()
                    .getSocketFactory()
                    .createSocket("127.0.0.1", server.uri.getPort()))) {
      assertThatThrownBy(() -> client.send(RawClient.upgradeRequest("/ws")))
          .isInstanceOf(IOException.class);
      try (RawClient next = server.upgraded()) {
        assertEchoes(next);
      }
      assertThat(complaints.heard()).isEmpty();
    }
  }

  @Test
  void endsWhoGoesAwayInTheMiddleOfTheHandshakeWithoutAComplaint() throws Exception {
    try (Complaints complaints = new Complaints();
        EchoServer server = server(TransportSettings.defaults())) {
      for (int i = 0; i < 50; i++) {
        try (RawClient client = inTheClear(server)) {
          client.send(ClientHello.of(certificate.client()));
          client.socket.setSoLinger(true, 0);
        }
      }
      try (RawClient next = server.upgraded()) {
        assertEchoes(next);
      }
      assertThat(complaints.heard()).isEmpty();
    }
  }

  @Test
  void takesWhatCameTogetherWithTheRequest() throws Exception {
    try (EchoServer server = server(TransportSettings.defaults());
        RawClient client = server.connect()) {
      byte[] request = RawClient.upgradeRequest("/ws").getBytes(US_ASCII);
      byte[] frame = RawClient.textFrame("early");
      byte[] both = Arrays.copyOf(request, request.length + frame.length);
      System.arraycopy(frame, 0, both, request.length, frame.length);
      client.send(both);
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(client.readFrame().text()).isEqualTo("early");
    }
  }

  @Test
  void reportsAPeerThatEndsItsHalfWithoutAClose() throws Exception {
    try (EchoServer server = server(TransportSettings.defaults());
        RawClient client = server.upgraded()) {
      client.socket.shutdownOutput();

      assertThat(client.readToEnd()).isEmpty();
      await().until(() -> server.echo.closed.contains(CloseStatus.ABNORMAL));
    }
  }

  @Test
  void serves12() throws Exception {
    try (EchoServer server = server(TransportSettings.defaults());
        RawClient client = server.connect()) {
      ((SSLSocket) client.socket).setEnabledProtocols(new String[] {"TLSv1.2"});
      client.send(RawClient.upgradeRequest("/ws"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      assertEchoes(client);
    }
  }

  /** Each costs the server as much as a connection, and no limit counts it. */
  @Test
  void endsAPeerThatShakesHandsAgain() throws Exception {
    try (EchoServer server = server(TransportSettings.defaults());
        RawClient client = server.connect()) {
      SSLSocket socket = (SSLSocket) client.socket;
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      client.send(RawClient.upgradeRequest("/ws"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                client.readFrame();
              })
          .isInstanceOf(IOException.class);
      await().until(() -> server.echo.closed.contains(CloseStatus.ABNORMAL));
    }
  }

  @Test
  void takesANewCertificateAndKeepsOpenConnections(@TempDir Path directory) throws Exception {
    Path chain = directory.resolve("chain.pem");
    Path key = directory.resolve("key.pem");
    Files.copy(certificate.chain(), chain);
    Files.copy(certificate.key(), key);
    Tls tls = Tls.load(TlsOptions.pem(chain, key));
    try (EchoServer server =
            new EchoServer(
                UndertowOptions.port(0).withTls(tls.context()),
                TransportSettings.defaults(),
                certificate.client().getSocketFactory());
        RawClient before = server.upgraded()) {
      Files.copy(other.chain(), chain, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(other.key(), key, StandardCopyOption.REPLACE_EXISTING);
      tls.reload();

      assertThatThrownBy(server::upgraded).isInstanceOf(IOException.class);
      try (Socket trusting =
              other.client().getSocketFactory().createSocket("127.0.0.1", server.uri.getPort());
          RawClient after = new RawClient(trusting)) {
        after.send(RawClient.upgradeRequest("/ws"));
        assertThat(after.readHead()).startsWith("HTTP/1.1 101 ");
      }
      assertEchoes(before);
    }
  }
}
