package dev.roomcast.testkit.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.Compression;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a transport must do that can compress (rule T06, RFC 7692), over real sockets on the
 * loopback address. A transport that cannot has no need of it. An adapter's own test extends this
 * class and says how to make a transport.
 */
public abstract class CompressionContract extends TransportFixture {
  private static final String NAME = "permessage-deflate";
  private static final String OFFER =
      NAME + "; server_no_context_takeover; client_no_context_takeover";
  private static final int FIN = ClientFrames.FIN;
  private static final int RSV1 = 0x40;
  private static final String JSON =
      "{\"event\":\"message\",\"data\":{\"text\":\"é€😀\",\"n\":[1,2,3]}}".repeat(40);

  /** For subclasses. */
  protected CompressionContract() {}

  private TransportSettings compressing() {
    return settings().withCompression(Compression.from(0));
  }

  private static byte[] compressed(String text) {
    return ClientFrames.frame(FIN | RSV1 | ClientFrames.TEXT, RawDeflate.deflate(text));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** What the server answers to a request with such headers. */
  private List<String> answer(String... offers) {
    RawWebSocket client = connect();
    String[] lines =
        Arrays.stream(offers)
            .map(offer -> "Sec-WebSocket-Extensions: " + offer)
            .toArray(String[]::new);
    HttpAnswer answer = client.request(client.upgradeRequest(lines));
    assertThat(answer.status()).isEqualTo(101);
    String agreed = answer.headers().getOrDefault("Sec-WebSocket-Extensions", "");
    return Arrays.stream(agreed.split(";")).map(String::strip).toList();
  }

  private RawWebSocket agree() {
    RawWebSocket client = connect();
    HttpAnswer answer = client.request(client.upgradeRequest("Sec-WebSocket-Extensions: " + OFFER));
    assertThat(answer.headers().getOrDefault("Sec-WebSocket-Extensions", "")).startsWith(NAME);
    return client;
  }

  /** The text of a frame, inflated where it is marked. */
  private static String text(ServerFrame frame) throws IOException {
    assertThat(frame.opcode()).isEqualTo(ClientFrames.TEXT);
    return isCompressed(frame)
        ? new String(RawDeflate.inflate(frame.payload(), 10_000_000), UTF_8)
        : frame.text();
  }

  private static boolean isCompressed(ServerFrame frame) {
    return (frame.firstByte() & RSV1) != 0;
  }

  private PreparedMessage secret(String text) {
    return transport().prepare(text.getBytes(UTF_8), /* compressible= */ false);
  }

  private void closesOver(byte[] frames, Integer... codes) {
    start(compressing().withMaxMessageBytes(10_000)).onOpen(end -> end.connection().demand(99));
    RawWebSocket client = agree();
    client.write(frames);
    assertThat(client.readUntilClose().closeCode()).isIn((Object[]) codes);
    assertThat(end().messages()).isEmpty();
  }

  @Test
  void required_T06_agreesWhereItIsOnAndOffered() {
    start(compressing());
    assertThat(answer(OFFER)).contains(NAME, "server_no_context_takeover");
  }

  @Test
  void required_T06_agreesOnNothingWhereItIsOff() {
    start();
    assertThat(answer(OFFER)).containsExactly("");
  }

  @Test
  void required_T06_agreesOnNothingThatWasNotOffered() {
    start(compressing()).onOpen(end -> end.connection().demand(9));
    assertThat(answer()).containsExactly("");
    assertThat(answer("x-webkit-deflate-frame")).containsExactly("");

    // Connections of several loops open in any order: those two before this one.
    end(2);
    RawWebSocket client = open();
    send(end(3), JSON);
    assertThat(client.readText()).isEqualTo(JSON);
    client.write(compressed("x"));
    assertThat(client.readUntilClose().closeCode()).isEqualTo(1002);
  }

  /** RFC 7692 section 7.1: an offer with such parameters is declined. */
  @Test
  void required_T06_declinesWhatItCannotKeepTo() {
    start(compressing());
    for (String parameter :
        List.of(
            "unknown",
            "server_no_context_takeover=1",
            "client_no_context_takeover=x",
            "server_max_window_bits=7",
            "server_max_window_bits=16",
            "server_max_window_bits=010",
            "client_max_window_bits=99",
            "client_max_window_bits; client_max_window_bits",
            "server_no_context_takeover; server_no_context_takeover")) {
      assertThat(answer(NAME + "; " + parameter)).as(parameter).containsExactly("");
    }
  }

  @Test
  void required_T06_takesTheNextOffer() {
    start(compressing());
    assertThat(answer(NAME + "; unknown=1, " + OFFER)).contains(NAME);
    assertThat(answer("mux; max-channels=4", NAME + "; unknown=1", OFFER)).contains(NAME);
  }

  @Test
  void required_T06_sendsCompressedInOrder() throws IOException {
    start(compressing());
    RawWebSocket client = agree();
    for (int round = 0; round < 50; round++) {
      send(end(), JSON + round, "", "x", "é".repeat(round * 1000));
    }
    long bytes = 0;
    for (int round = 0; round < 50; round++) {
      ServerFrame first = client.read();
      bytes += first.size();
      assertThat(text(first)).isEqualTo(JSON + round);
      assertThat(text(client.read())).isEmpty();
      assertThat(text(client.read())).isEqualTo("x");
      assertThat(text(client.read())).isEqualTo("é".repeat(round * 1000));
    }
    assertThat(bytes).isLessThan(50L * JSON.length() / 4);
  }

  @Test
  void required_T06_compressesNothingBelowTheThreshold() {
    start(settings().withCompression(Compression.from(1000)));
    RawWebSocket client = agree();
    send(end(), "x".repeat(999), "x".repeat(1000));
    assertThat(isCompressed(client.read())).isFalse();
    assertThat(isCompressed(client.read())).isTrue();
  }

  @Test
  void required_T06_neverCompressesWhatMustNotBe() {
    start(compressing());
    RawWebSocket client = agree();
    PreparedMessage secret = secret("x".repeat(5_000));
    end().run(to -> to.send(secret, Flush.TURN_END));
    assertThat(client.readText()).isEqualTo("x".repeat(5_000));
  }

  @Test
  void required_T06_sendsOneMessageInTheFormThatEachAgreedOn() throws IOException {
    start(compressing());
    List<RawWebSocket> clients = List.of(agree(), open(), agree(), open(), agree());
    end(clients.size());
    for (int round = 0; round < 20; round++) {
      PreparedMessage message = message(JSON + round);
      server().ends().forEach(end -> end.run(to -> to.send(message, Flush.PACED)));
    }
    for (int i = 0; i < clients.size(); i++) {
      for (int round = 0; round < 20; round++) {
        ServerFrame frame = clients.get(i).read();
        assertThat(isCompressed(frame)).isEqualTo(i % 2 == 0);
        assertThat(text(frame)).isEqualTo(JSON + round);
      }
    }
  }

  /** The examples of RFC 7692 section 7.2.3 that need no earlier message. */
  @Test
  void required_T06_readsTheExamplesOfTheRfc() {
    start(compressing()).onOpen(end -> end.connection().demand(9));
    RawWebSocket client = agree();
    for (String example :
        List.of(
            "f2 48 cd c9 c9 07 00",
            "00 05 00 fa ff 48 65 6c 6c 6f 00",
            "f3 48 cd c9 c9 07 00 00",
            "f2 48 05 00 00 00 ff ff ca c9 c9 07 00")) {
      client.write(ClientFrames.frame(FIN | RSV1 | ClientFrames.TEXT, bytes(example)));
    }
    client.send("plain");
    eventually(() -> end().messageCount() == 5);
    assertThat(end().messages()).containsExactly("Hello", "Hello", "Hello", "Hello", "plain");
  }

  @Test
  void required_T06_joinsFragmentsAroundControlFrames() {
    start(compressing()).onOpen(end -> end.connection().demand(9));
    RawWebSocket client = agree();
    byte[] hello = bytes("f2 48 cd c9 c9 07 00");
    client.write(ClientFrames.frame(RSV1 | ClientFrames.TEXT, Arrays.copyOf(hello, 3)));
    client.write(ClientFrames.frame(FIN | ClientFrames.PING, "p".getBytes(UTF_8)));
    client.write(
        ClientFrames.frame(FIN | ClientFrames.CONTINUATION, Arrays.copyOfRange(hello, 3, 7)));

    assertThat(client.read().text()).isEqualTo("p");
    eventually(() -> end().messages().equals(List.of("Hello")));
  }

  @Test
  void required_T06_readsMessagesOfSeveralConnectionsThatInterleave() {
    start(compressing()).onOpen(end -> end.connection().demand(9));
    List<RawWebSocket> clients = List.of(agree(), agree(), agree(), agree());
    end(clients.size());
    byte[] message = compressed(JSON);
    for (int at = 0; at < message.length; at++) {
      for (RawWebSocket client : clients) {
        client.write(new byte[] {message[at]});
      }
    }
    eventually(() -> server().ends().stream().allMatch(end -> end.messageCount() == 1));
    assertThat(server().ends()).allMatch(end -> end.messages().equals(List.of(JSON)));
  }

  @Test
  void required_T06_deliversByDemand() {
    start(compressing());
    RawWebSocket client = agree();
    List<String> texts = numbers(3_000);
    byte[][] frames = texts.stream().map(CompressionContract::compressed).toArray(byte[][]::new);
    client.write(ClientFrames.join(frames));
    for (int delivered = 0; delivered < texts.size(); delivered += 500) {
      int next = delivered + 500;
      assertThat(end().messageCount()).isEqualTo(delivered);
      end().run(to -> to.demand(500));
      eventually(() -> end().messageCount() == next);
    }
    assertThat(end().messages()).isEqualTo(texts);
  }

  @Test
  void required_T06_takesWhatInflatesToTheLimit() {
    start(compressing().withMaxMessageBytes(10_000)).onOpen(end -> end.connection().demand(9));
    RawWebSocket client = agree();
    client.write(compressed("x".repeat(10_000)));
    eventually(() -> end().messages().equals(List.of("x".repeat(10_000))));
  }

  @Test
  void required_T06_closesWith1009OnWhatInflatesToMore() {
    closesOver(compressed("x".repeat(10_001)), 1009);
  }

  @Test
  void required_T06_closesWith1009OnABomb() {
    closesOver(compressed("x".repeat(5_000_000)), 1009);
  }

  @Test
  void required_T06_closesWith1007OnWhatInflatesToMalformedText() {
    byte[] malformed = RawDeflate.deflate(new byte[] {'a', (byte) 0xC0, (byte) 0x80});
    closesOver(ClientFrames.frame(FIN | RSV1 | ClientFrames.TEXT, malformed), 1007);
  }

  /** No RFC names the code: 1002 and 1007 are both in use. */
  @Test
  void required_T06_closesOnCorruptData() {
    closesOver(
        ClientFrames.frame(FIN | RSV1 | ClientFrames.BINARY, bytes("ff ff ff ff")), 1002, 1007);
  }

  @Test
  void required_T06_closesWith1002OnACompressedContinuation() {
    closesOver(
        ClientFrames.join(
            ClientFrames.frame(RSV1 | ClientFrames.TEXT, bytes("f2 48")),
            ClientFrames.frame(FIN | RSV1 | ClientFrames.CONTINUATION, bytes("cd"))),
        1002);
  }

  @Test
  void required_T06_closesWith1002OnACompressedControlFrame() {
    closesOver(ClientFrames.frame(FIN | RSV1 | ClientFrames.PING, new byte[0]), 1002);
  }
}
