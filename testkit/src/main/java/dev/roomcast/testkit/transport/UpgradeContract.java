package dev.roomcast.testkit.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that must not become a connection, with the answers of RFC 6455 section 4.2. */
abstract class UpgradeContract extends LifeCycleContract {

  @Test
  void required_T02_answers400ToAMalformedRequest() {
    start();
    String line = "GET /ws HTTP/1.1\r\n";
    RawWebSocket sample = connect();
    String good = sample.upgradeRequest();
    List<String> malformed =
        List.of(
            good.replace("GET", "POST").replace("\r\n\r\n", "\r\nContent-Length: 0\r\n\r\n"),
            good.replace("Sec-WebSocket-Key: " + RawWebSocket.KEY + "\r\n", ""),
            line + sample.headers("websocket", "13", "tooshort"),
            line + sample.headers("websocket", "13", "!GhlIHNhbXBsZSBub25jZQ=="),
            line + sample.headers("websocket", "13", RawWebSocket.KEY.replace("==", "QQ==")));
    for (String request : malformed) {
      assertThat(connect().request(request).status()).as(request).isEqualTo(400);
    }

    assertThat(server().asked()).isEmpty();
  }

  @Test
  void required_T02_answers426ToAnotherVersion() {
    start();
    RawWebSocket client = connect();
    HttpAnswer answer =
        client.request("GET /ws HTTP/1.1\r\n" + client.headers("websocket", "8", RawWebSocket.KEY));

    assertThat(answer.status()).isEqualTo(426);
    assertThat(answer.headers()).containsEntry("Sec-WebSocket-Version", "13");
    assertThat(server().asked()).isEmpty();
  }

  @Test
  void required_T02_answers426WhereNoUpgradeIsAskedFor() {
    start();
    RawWebSocket client = connect();
    HttpAnswer answer = client.request("GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(answer.status()).isEqualTo(426);
    assertThat(server().asked()).isEmpty();
  }

  @Test
  void required_T02_answers431ToALargeHead() {
    start(settings().withMaxHandshakeBytes(4096));
    RawWebSocket client = connect();
    HttpAnswer answer = client.request(client.upgradeRequest("X-Large: " + "x".repeat(8000)));

    assertThat(answer.status()).isEqualTo(431);
    assertThat(server().asked()).isEmpty();
  }

  @Test
  void required_T02_upgradesOnItsPathOnly() {
    start();
    RawWebSocket client = connect();
    HttpAnswer answer = client.request(client.upgradeRequest().replace("/ws", "/elsewhere"));

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(server().asked()).isEmpty();
  }

  @Test
  void required_T02_takesAPathOfTheSettings() {
    start(settings().withPath("/live"));
    assertThat(uri().getPath()).isEqualTo("/live");
    open();

    end();
    assertThat(server().opened().getFirst().path()).isEqualTo("/live");
  }

  @Test
  void required_T02_givesUpOnARequestThatDrips() {
    start(settings().withHandshakeTimeout(Duration.ofMillis(250)));
    RawWebSocket client = connect();
    byte[] request = client.upgradeRequest().getBytes(US_ASCII);
    boolean whole = client.trickle(request, Duration.ofMillis(10));

    assertThat(whole).as("a request of %d bytes was read to its end", request.length).isFalse();
    client.awaitEnd();
    assertThat(server().asked()).isEmpty();
  }

  @Test
  void required_T02_givesUpOnASilentConnection() {
    start(settings().withHandshakeTimeout(Duration.ofMillis(250)));
    connect().awaitEnd();

    assertThat(server().asked()).isEmpty();
  }
}
