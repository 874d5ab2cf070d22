package dev.roomcast.testkit.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.MessageKind;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Messages both ways: rules C01, C03, C04. */
abstract class MessageContract extends UpgradeContract {

  @Test
  void required_C01_sendsWholeMessagesInOrder() {
    start();
    RawWebSocket client = open();
    ServerEnd end = end();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      texts.add(i + "-" + "é".repeat(i % 300 == 0 ? 40_000 : i % 130));
    }
    for (int i = 0; i < texts.size(); i++) {
      Flush flush = i % 3 == 0 ? Flush.PACED : Flush.TURN_END;
      var message = message(texts.get(i));
      var unused = end.connection().loop().execute(() -> end.connection().send(message, flush));
    }

    for (String text : texts) {
      assertThat(client.readText()).isEqualTo(text);
    }
  }

  @Test
  void required_C01_sendsEverySizeInAFrameOfOurSide() {
    start();
    RawWebSocket client = open();
    for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, 3_000_000}) {
      end().run(to -> to.send(sized(size), Flush.TURN_END));
      ServerFrame frame = client.read();
      assertThat(frame.firstByte()).isEqualTo(ClientFrames.FIN | ClientFrames.TEXT);
      assertThat(frame.size()).isEqualTo(size);
    }
  }

  @Test
  void required_C01_joinsFragmentsAroundControlFrames() {
    start().onOpen(end -> end.connection().demand(9));
    RawWebSocket client = open();
    byte[] text = "fragments é€😀".getBytes(UTF_8);
    client.write(ClientFrames.frame(ClientFrames.TEXT, Arrays.copyOf(text, 11)));
    client.write(ClientFrames.frame(ClientFrames.FIN | ClientFrames.PING, "p".getBytes(UTF_8)));
    client.write(ClientFrames.frame(ClientFrames.CONTINUATION, new byte[0]));
    client.write(
        ClientFrames.frame(
            ClientFrames.FIN | ClientFrames.CONTINUATION, Arrays.copyOfRange(text, 11, 19)));

    assertThat(text).hasSize(19);
    ServerFrame pong = client.read();
    assertThat(pong.opcode()).isEqualTo(ClientFrames.PONG);
    assertThat(pong.text()).isEqualTo("p");
    eventually(() -> end().messages().equals(List.of("fragments é€😀")));
  }

  @Test
  void required_C01_readsBytesOneByOne() {
    start().onOpen(end -> end.connection().demand(9));
    RawWebSocket client = open();
    for (byte one : ClientFrames.text("é".repeat(100))) {
      client.write(new byte[] {one});
    }

    eventually(() -> end().messages().equals(List.of("é".repeat(100))));
  }

  @Test
  void required_C01_tellsTextFromBinary() {
    start().onOpen(end -> end.connection().demand(9));
    RawWebSocket client = open();
    client.write(ClientFrames.frame(ClientFrames.FIN | ClientFrames.BINARY, new byte[] {-1}));
    client.send("");
    client.write(ClientFrames.frame(ClientFrames.FIN | ClientFrames.BINARY, new byte[0]));

    eventually(() -> end().messageCount() == 3);
    assertThat(end().kinds())
        .containsExactly(MessageKind.BINARY, MessageKind.TEXT, MessageKind.BINARY);
  }

  @Test
  void required_C01_talksWithTheClientOfTheJdk() throws Exception {
    start()
        .onOpen(
            end -> {
              end.connection().demand(1);
              end.onMessage(
                  (to, text) -> {
                    to.send(message(text), Flush.TURN_END);
                    to.demand(1);
                  });
            });
    List<String> received = new ArrayList<>();
    CompletableFuture<List<String>> all = new CompletableFuture<>();
    HttpClient.Builder clients = HttpClient.newBuilder();
    clientTls().ifPresent(clients::sslContext);
    try (HttpClient http = clients.build()) {
      WebSocket client =
          http.newWebSocketBuilder()
              .buildAsync(uri(), new Echoes(received, all, 200))
              .get(patience().toMillis(), TimeUnit.MILLISECONDS);
      for (String text : numbers(200)) {
        client.sendText(text, true).get(patience().toMillis(), TimeUnit.MILLISECONDS);
      }
      assertThat(all.get(patience().toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(numbers(200));
      client.sendClose(1000, "done").get(patience().toMillis(), TimeUnit.MILLISECONDS);
      eventually(() -> end().closes().equals(List.of(new CloseStatus(1000, "done"))));
      client.abort();
    }
  }

  /** Collects so many whole texts. */
  private record Echoes(List<String> received, CompletableFuture<List<String>> all, int expected)
      implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      received.add(text.toString());
      if (received.size() == expected) {
        all.complete(received);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Test
  void required_C03_deliversNothingThatWasNotDemanded() {
    start();
    RawWebSocket client = open();
    client.write(
        ClientFrames.join(ClientFrames.text("1"), ClientFrames.text("2"), ClientFrames.text("3")));
    end().run(to -> to.demand(1));
    eventually(() -> end().messageCount() == 1);
    // The rest has been read too; a few turns more bring nothing.
    turns(5);
    assertThat(end().messages()).containsExactly("1");

    end().run(to -> to.demand(2));
    eventually(() -> end().messages().equals(List.of("1", "2", "3")));
  }

  @Test
  void required_C03_addsUpDemand() {
    start();
    RawWebSocket client = open();
    end()
        .run(
            to -> {
              to.demand(2);
              to.demand(3);
            });
    numbers(5).forEach(client::send);
    eventually(() -> end().messageCount() == 5);
    numbers(3).forEach(client::send);
    turns(5);

    assertThat(end().messageCount()).isEqualTo(5);
  }

  @Test
  void required_C03_countsDemandFromInsideOnMessage() {
    List<String> texts = numbers(5_000);
    start()
        .onOpen(
            end -> {
              end.connection().demand(1);
              end.onMessage((to, text) -> to.demand(1));
            });
    RawWebSocket client = open();
    client.write(ClientFrames.join(texts.stream().map(ClientFrames::text).toArray(byte[][]::new)));

    eventually(() -> end().messageCount() == texts.size());
    assertThat(end().messages()).isEqualTo(texts);
  }

  @Test
  void required_C03_goesOnWithWhatWasReadThoughNoByteComesAgain() {
    List<String> texts = numbers(3_000);
    start();
    RawWebSocket client = open();
    client.write(ClientFrames.join(texts.stream().map(ClientFrames::text).toArray(byte[][]::new)));
    for (int delivered = 0; delivered < texts.size(); delivered += 100) {
      int next = delivered + 100;
      end().run(to -> to.demand(100));
      eventually(() -> end().messageCount() == next);
    }

    assertThat(end().messages()).isEqualTo(texts);
  }

  @Test
  void required_C04_stopsReadingWithoutDemand() throws InterruptedException {
    start();
    RawWebSocket client = open();
    byte[] message = ClientFrames.text("x".repeat(60_000));
    int count = 800;
    AtomicLong written = new AtomicLong();
    Thread writer =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  for (int i = 0; i < count; i++) {
                    client.write(message);
                    written.incrementAndGet();
                  }
                });
    AtomicLong last = new AtomicLong(-1);
    patiently()
        .pollInterval(Duration.ofMillis(150))
        .until(() -> last.getAndSet(written.get()) == written.get());
    assertThat(written.get()).as("messages taken without demand").isLessThan(count);

    end().run(to -> to.demand(count));
    eventually(() -> end().messageCount() == count);
    writer.join(patience());
  }

  @Test
  void required_C04_freezesTheIdleTimeoutWithoutDemand() {
    start(settings().withIdleTimeout(Duration.ofMillis(250)).withSendPings(false));
    RawWebSocket client = open();
    client.send("waits");
    assertThat(client.staysSilentFor(Duration.ofMillis(700))).isTrue();
    assertThat(end().closings()).isEmpty();

    end().run(to -> to.demand(2));
    eventually(() -> end().messages().equals(List.of("waits")));
    assertThat(client.readUntilClose().closeReason()).isEqualTo("Idle timeout");
  }

  @Test
  void required_C04_seesThePeersCloseInItsPlace() {
    start();
    RawWebSocket client = open();
    client.write(
        ClientFrames.join(
            ClientFrames.text("1"), ClientFrames.text("2"), ClientFrames.close(1000, "bye")));
    end().run(to -> to.demand(1));
    eventually(() -> end().messageCount() == 1);
    turns(5);
    assertThat(end().closings()).isEmpty();

    end().run(to -> to.demand(1));
    eventually(() -> end().closings().equals(List.of(new CloseStatus(1000, "bye"))));
    assertThat(end().messages()).containsExactly("1", "2");
  }

  /** Lets the loop look for I/O so many times. */
  final void turns(int count) {
    for (int i = 0; i < count; i++) {
      CompletableFuture<Void> turned = new CompletableFuture<>();
      end()
          .run(
              to -> {
                var unused = to.loop().executeAfterIo(() -> turned.complete(null));
              });
      turned.orTimeout(patience().toMillis(), TimeUnit.MILLISECONDS).join();
    }
  }
}
