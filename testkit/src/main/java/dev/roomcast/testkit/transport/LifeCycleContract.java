package dev.roomcast.testkit.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportException;
import dev.roomcast.port.transport.Verdict;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Starting, opening, stopping: rules T01 to T05. */
abstract class LifeCycleContract extends TransportFixture {

  /** A transport that is to listen on this port, where the adapter lets one choose. */
  protected Optional<Transport> newTransportOn(int port) {
    return Optional.empty();
  }

  @Test
  void required_T01_acceptsOnceStarted() {
    start();
    open();

    assertThat(end().closes()).isEmpty();
  }

  @Test
  void required_T01_startsOnce() {
    start();
    assertThatThrownBy(() -> transport().start(context(settings(), server())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void optional_T01_saysThatAPortIsTaken() {
    start();
    int taken = uri().getPort();
    Optional<Transport> second = newTransportOn(taken);
    assumeTrue(second.isPresent(), "the port cannot be chosen");
    keep(second.get());

    assertThatThrownBy(() -> second.get().start(context(settings(), server())))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining(Integer.toString(taken));
  }

  @Test
  void required_T02_asksAndOpensOnceForEachConnection() {
    start();
    for (int i = 1; i <= 20; i++) {
      open();
      end(i);
    }

    assertThat(server().asked()).hasSize(20);
    assertThat(server().opened()).hasSize(20);
  }

  @Test
  void required_T02_tellsTheRequest() {
    start();
    URI target = URI.create(uri() + "?a=1&b=x%20y&a=2");
    RawWebSocket client = connect(target);
    client.upgrade("Origin: http://Here", "x-several: one", "X-Several: two");
    end();

    for (Handshake request : List.of(server().asked().get(0), server().opened().get(0))) {
      assertThat(request.path()).isEqualTo("/ws");
      assertThat(request.query()).containsEntry("a", List.of("1", "2"));
      assertThat(request.queryParameter("b")).contains("x y");
      assertThat(request.origin()).contains("http://here");
      assertThat(request.headers()).containsEntry("X-Several", List.of("one", "two"));
      assertThat(request.remoteAddress().getPort()).isEqualTo(client.localPort());
    }
  }

  @Test
  void required_T02_opensBeforeWhatCameWithTheRequest() {
    start().onOpen(end -> end.connection().demand(2));
    RawWebSocket client = connect();
    client.write(
        ClientFrames.join(
            client.upgradeRequest().getBytes(US_ASCII),
            ClientFrames.text("early"),
            ClientFrames.text("bird")));
    assertThat(client.readAnswer().status()).isEqualTo(101);

    eventually(() -> end().messages().equals(List.of("early", "bird")));
  }

  @Test
  void required_T02_refusesAsItIsTold() {
    start().verdict(request -> new Verdict.Reject(403, "not you"));
    RawWebSocket client = connect();
    HttpAnswer answer = client.request(client.upgradeRequest());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("not you");
    assertThat(server().opened()).isEmpty();
  }

  @Test
  void required_T02_agreesOnASubprotocol() {
    start().verdict(request -> new Verdict.Accept(request.offeredSubprotocols().getLast()));
    RawWebSocket client = connect();
    HttpAnswer answer = client.request(client.upgradeRequest("Sec-WebSocket-Protocol: chat, room"));

    assertThat(answer.headers()).containsEntry("Sec-WebSocket-Protocol", "room");
    end();
    assertThat(server().opened().getFirst().subprotocol()).isEqualTo("room");
  }

  @Test
  void required_T03_opensNothingOnceStopped() {
    start().onOpen(end -> end.connection().demand(1));
    RawWebSocket before = open();
    end();
    transport().stopAccepting();
    transport().stopAccepting();
    before.send("still here");
    eventually(() -> end().messages().equals(List.of("still here")));

    assertThat(upgradesNow()).isFalse();
    assertThat(server().opened()).hasSize(1);
  }

  @Test
  void required_T03_opensNothingOnceStoppedInTheMiddle() {
    start();
    RawWebSocket client = connect();
    String request = client.upgradeRequest();
    client.write(request.substring(0, 40).getBytes(US_ASCII));
    transport().stopAccepting();
    try {
      client.write(request.substring(40).getBytes(US_ASCII));
      assertThat(client.readAnswer().status()).isNotEqualTo(101);
    } catch (UncheckedIOException refused) {
      assertThat(refused).isNotNull();
    }

    assertThat(server().opened()).isEmpty();
  }

  @Test
  void required_T04_reportsEachConnectionAndEndsItBeforeItReturns() {
    start();
    List<RawWebSocket> clients = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      clients.add(open());
      end(i);
    }
    transport().close();

    assertThat(server().ends())
        .allSatisfy(end -> assertThat(end.closes()).containsExactly(CloseStatus.ABNORMAL));
    clients.forEach(RawWebSocket::awaitEnd);
    transport().close();
    assertThat(server().ends()).allSatisfy(end -> assertThat(end.closes()).hasSize(1));
  }

  @Test
  void required_T04_releasesItsSockets() {
    start();
    open();
    transport().close();

    assertThat(upgradesNow()).isFalse();
  }

  @Test
  void required_T05_preparesOnAnyThreadForAnyNumberOfConnections() {
    start();
    List<RawWebSocket> clients = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      clients.add(open());
      end(i);
    }
    List<String> texts = numbers(200).stream().map(n -> n + " é€😀 ".repeat(20)).toList();
    List<PreparedMessage> prepared = texts.parallelStream().map(this::message).toList();
    // All loops at once.
    for (ServerEnd end : server().ends()) {
      var unused =
          end.connection()
              .loop()
              .execute(() -> prepared.forEach(one -> end.connection().send(one, Flush.TURN_END)));
    }

    for (RawWebSocket client : clients) {
      assertThat(texts).allSatisfy(text -> assertThat(client.readText()).isEqualTo(text));
    }
  }

  @Test
  void required_T05_tellsTheSizeOfTheText() {
    start();
    for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536}) {
      assertThat(sized(size).size()).isEqualTo(size);
    }
    assertThat(message("é€😀").size()).isEqualTo(9);
  }

  private boolean upgradesNow() {
    try (RawWebSocket late = connect()) {
      return late.request(late.upgradeRequest()).status() == 101;
    } catch (UncheckedIOException refused) {
      return false;
    }
  }
}
