package dev.roomcast.testkit.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportSettings;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What keeps a peer from holding a connection, or memory, before the upgrade, for transports that
 * also answer ordinary requests: a limit for each head, a time for each request, and for the peer
 * to take its answer.
 */
public abstract class HttpContract extends TransportFixture {
  private static final int LIMIT = 16 * 1024;

  /** For subclasses. */
  protected HttpContract() {}

  /**
   * A transport that has not been started, on an ephemeral port of the loopback address.
   *
   * @param pages what it answers ordinary requests with, by their path; with the status 404, as
   *     good as any
   */
  protected abstract Transport newTransport(UnaryOperator<String> pages);

  @Override
  protected final Transport newTransport() {
    // The answer to one is larger than what sockets take for a peer that reads nothing.
    return newTransport(path -> path.equals("/large") ? "x".repeat(1_000_000) : "the page " + path);
  }

  /** Long enough for a handshake of TLS on a busy machine, short enough for a test. */
  private TransportSettings hurried() {
    return settings().withHandshakeTimeout(Duration.ofMillis(clientTls().isPresent() ? 1500 : 400));
  }

  private static String page(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  /** A request whose head has so many bytes. */
  private static String headOf(int bytes, String request) {
    String filler = "\r\nX-Filler: ";
    int more = bytes - request.length() - filler.length();
    return request.replace("\r\n\r\n", filler + "x".repeat(more) + "\r\n\r\n");
  }

  @Test
  void answersPagesBesideItsPath() {
    start();
    RawWebSocket client = connect();

    assertThat(client.request(page("/one")).body()).isEqualTo("the page /one");
    assertThat(client.request(page("/two?a=1")).body()).isEqualTo("the page /two");
    client.upgrade();
    end();
  }

  @Test
  void takesAHeadAsLargeAsTheLimit() {
    start(settings().withMaxHandshakeBytes(LIMIT));
    RawWebSocket client = connect();

    assertThat(client.request(headOf(LIMIT, client.upgradeRequest())).status()).isEqualTo(101);
  }

  @Test
  void refusesALargerHead() {
    start(settings().withMaxHandshakeBytes(LIMIT));
    RawWebSocket client = connect();
    HttpAnswer answer = client.request(headOf(LIMIT + 1, client.upgradeRequest()));

    assertThat(answer.status()).isEqualTo(431);
    assertThat(answer.body()).contains("limited to " + LIMIT + " bytes");
    client.expectEnd();
    assertThat(server().asked()).isEmpty();
  }

  @Test
  void saysSoAlsoToOneThatIsStillSending() {
    start(settings().withMaxHandshakeBytes(LIMIT));
    RawWebSocket client = connect();

    assertThat(client.request(headOf(1_000_000, client.upgradeRequest())).status()).isEqualTo(431);
  }

  @Test
  void limitsEachHeadOfAConnection() {
    start(settings().withMaxHandshakeBytes(LIMIT));
    RawWebSocket client = connect();
    for (int i = 0; i < 3; i++) {
      assertThat(client.request(headOf(LIMIT - 100, page("/"))).status()).isEqualTo(404);
    }

    assertThat(client.request(headOf(LIMIT + 1, page("/"))).status()).isEqualTo(431);
  }

  @Test
  void closesAConnectionThatKeepsItsBody() {
    start(hurried());
    RawWebSocket client = connect();
    client.write(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345".getBytes(US_ASCII));

    client.awaitEnd();
  }

  @Test
  void closesAConnectionThatTakesNoAnswers() {
    start(hurried());
    RawWebSocket client = connect();
    client.write(page("/large").repeat(64).getBytes(US_ASCII));

    // What arrives on a closed socket is answered with a reset.
    patiently()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> client.write(new byte[] {'G'}))
                    .isInstanceOf(UncheckedIOException.class));
  }

  @Test
  void timesEachRequestOfAConnectionByItself() {
    start(hurried());
    RawWebSocket client = connect();
    RawWebSocket silent = connect();
    Thread whileSilentIsOpen = Thread.startVirtualThread(silent::awaitEnd);
    while (whileSilentIsOpen.isAlive()) {
      assertThat(client.request(page("/")).status()).isEqualTo(404);
    }

    assertThat(client.request(page("/")).status()).isEqualTo(404);
    client.awaitEnd();
  }

  @Test
  void leavesConnectionsAloneOnceTheyAreUpgraded() {
    start(hurried()).onOpen(end -> end.connection().demand(1));
    RawWebSocket client = open();
    // Accepted after the other; so that one's time was up too.
    connect().awaitEnd();
    client.send("still here");

    eventually(() -> end().messages().equals(List.of("still here")));
  }
}
