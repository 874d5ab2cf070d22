package dev.roomcast.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a transport does by itself: it closes with 1002, 1007, 1009 and 1001, and answers pings. The
 * tests bear the code.
 */
abstract class ViolationContract extends MessageContract {
  private static final byte[] NOTHING = new byte[0];

  @Test
  void required_1002_closesOnEachViolation() {
    Map<String, byte[]> violations = new LinkedHashMap<>();
    int fin = ClientFrames.FIN;
    violations.put("unmasked", ClientFrames.unmasked(fin | ClientFrames.TEXT, "x"));
    violations.put("reserved bit", ClientFrames.frame(fin | 0x40 | ClientFrames.TEXT, NOTHING));
    violations.put("reserved opcode", ClientFrames.frame(fin | 0x3, NOTHING));
    violations.put("reserved control opcode", ClientFrames.frame(fin | 0xB, NOTHING));
    violations.put("fragmented ping", ClientFrames.frame(ClientFrames.PING, NOTHING));
    violations.put("long ping", ClientFrames.frame(fin | ClientFrames.PING, new byte[126]));
    violations.put("continuation of nothing", ClientFrames.frame(fin, NOTHING));
    violations.put(
        "text within fragments",
        ClientFrames.join(ClientFrames.frame(ClientFrames.TEXT, NOTHING), ClientFrames.text("x")));
    violations.put("close of one byte", ClientFrames.frame(fin | ClientFrames.CLOSE, new byte[1]));
    violations.put("close with 1005", ClientFrames.close(1005, ""));
    violations.put("close with 999", ClientFrames.close(999, ""));
    violations.put("negative length", ClientFrames.join(header(Long.MIN_VALUE)));
    start().onOpen(end -> end.connection().demand(9));
    int count = 0;
    for (Map.Entry<String, byte[]> violation : violations.entrySet()) {
      RawWebSocket client = open();
      ServerEnd end = end(++count);
      client.write(violation.getValue());
      assertThat(client.readUntilClose().closeCode()).as(violation.getKey()).isEqualTo(1002);
      eventually(() -> end.closings().size() == 1);
      assertThat(end.closings().getFirst().code()).as(violation.getKey()).isEqualTo(1002);
      assertThat(end.messages()).as(violation.getKey()).isEmpty();
    }
  }

  private static byte[] header(long length) {
    byte[] header = ClientFrames.header(ClientFrames.FIN | ClientFrames.TEXT, 65_536);
    for (int i = 0; i < 8; i++) {
      header[2 + i] = (byte) (length >>> (56 - 8 * i));
    }
    return header;
  }

  @Test
  void required_1007_closesOnMalformedText() {
    start().onOpen(end -> end.connection().demand(9));
    byte[] overlong = {(byte) 0xC0, (byte) 0x80};
    byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
    byte[] cut = {'a', (byte) 0xE2, (byte) 0x82};
    int count = 0;
    for (byte[] malformed : List.of(overlong, surrogate, cut)) {
      RawWebSocket client = open();
      ServerEnd end = end(++count);
      client.write(ClientFrames.frame(ClientFrames.FIN | ClientFrames.TEXT, malformed));
      ServerFrame close = client.readUntilClose();
      assertThat(close.closeCode()).isEqualTo(1007);
      assertThat(close.closeReason()).isEqualTo("Malformed UTF-8");
      assertThat(end.messages()).isEmpty();
    }
  }

  @Test
  void required_1007_closesOnAMalformedReason() {
    start();
    RawWebSocket client = open();
    byte[] reason = {0x03, (byte) 0xE8, (byte) 0xFF};
    client.write(ClientFrames.frame(ClientFrames.FIN | ClientFrames.CLOSE, reason));

    assertThat(client.readUntilClose().closeCode()).isEqualTo(1007);
  }

  @Test
  void required_1009_closesOnALengthThatIsTooBig() {
    start(settings().withMaxMessageBytes(1000)).onOpen(end -> end.connection().demand(9));
    RawWebSocket client = open();
    client.send("x".repeat(1000));
    client.write(ClientFrames.header(ClientFrames.FIN | ClientFrames.TEXT, 1001));

    ServerFrame close = client.readUntilClose();
    assertThat(close.closeCode()).isEqualTo(1009);
    assertThat(close.closeReason()).isEqualTo("Message too big");
    eventually(() -> end().closings().equals(List.of(new CloseStatus(1009, "Message too big"))));
    assertThat(end().messageCount()).isOne();
  }

  @Test
  void required_1009_closesOnFragmentsThatAreTooBigTogether() {
    start(settings().withMaxMessageBytes(1000)).onOpen(end -> end.connection().demand(9));
    RawWebSocket client = open();
    byte[] half = "x".repeat(600).getBytes(StandardCharsets.UTF_8);
    client.write(ClientFrames.frame(ClientFrames.BINARY, half));
    client.write(ClientFrames.frame(ClientFrames.CONTINUATION, half));

    assertThat(client.readUntilClose().closeCode()).isEqualTo(1009);
  }

  @Test
  void required_1001_closesWhereNothingIsHeard() {
    start(settings().withIdleTimeout(Duration.ofMillis(300)).withSendPings(false))
        .onOpen(end -> end.connection().demand(9));
    RawWebSocket client = open();
    ServerFrame close = client.readUntilClose();

    assertThat(close.closeCode()).isEqualTo(1001);
    assertThat(close.closeReason()).isEqualTo("Idle timeout");
    eventually(() -> end().closings().equals(List.of(new CloseStatus(1001, "Idle timeout"))));
  }

  @Test
  void required_1001_keepsAClientThatAnswersItsPings() {
    start(settings().withIdleTimeout(Duration.ofMillis(400)))
        .onOpen(end -> end.connection().demand(9));
    RawWebSocket client = open();
    for (int i = 0; i < 4; i++) {
      ServerFrame ping = client.read();
      assertThat(ping.opcode()).as("frame %d: %s", i, ping).isEqualTo(ClientFrames.PING);
      client.write(
          ClientFrames.frame(
              ClientFrames.FIN | ClientFrames.PONG, ping.text().getBytes(StandardCharsets.UTF_8)));
    }

    assertThat(end().closings()).isEmpty();
  }

  @Test
  void required_pong_repeatsThePayload() {
    start().onOpen(end -> end.connection().demand(9));
    RawWebSocket client = open();
    for (String payload : List.of("", "x".repeat(125))) {
      client.write(
          ClientFrames.frame(
              ClientFrames.FIN | ClientFrames.PING, payload.getBytes(StandardCharsets.UTF_8)));
      ServerFrame pong = client.read();
      assertThat(pong.firstByte()).isEqualTo(ClientFrames.FIN | ClientFrames.PONG);
      assertThat(pong.text()).isEqualTo(payload);
    }
  }
}
