package dev.roomcast.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How connections end. */
final class SimulatedCloseTest extends SimulatedFixture {

  @Test
  void refusesACloseThatMayNotBeSent() {
    open();
    onLoop(
        connection ->
            assertThatThrownBy(() -> connection.close(CloseStatus.ABNORMAL, Pending.FLUSH))
                .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void required_C05_flushesBeforeItCloses() {
    SimulatedClient client = open();
    onLoop(
        connection -> {
          connection.send(text("last"), Flush.TURN_END);
          connection.close(new CloseStatus(4003, "bye"), Pending.FLUSH);
          connection.send(text("too late"), Flush.TURN_END);
        });

    assertThat(client.received()).containsExactly("last");
    assertThat(client.closed()).contains(new CloseStatus(4003, "bye"));
    assertThat(server.events).containsExactly("closed 4003");
    assertThat(server.lost).as("what was sent after the close").isOne();
    assertThat(transport.connections()).isZero();
  }

  @Test
  void required_C05_discardsAllButABegunFrame() {
    SimulatedClient client = open();
    client.block();
    onLoop(
        connection -> {
          connection.send(text("begun"), Flush.TURN_END);
          connection.send(text("dropped"), Flush.TURN_END);
        });
    client.read(3);
    time.runUntilIdle();
    onLoop(connection -> connection.close(new CloseStatus(4005, "Slow consumer"), Pending.DISCARD));
    client.unblock();
    time.runUntilIdle();

    assertThat(client.received()).containsExactly("begun");
    assertThat(client.closed()).contains(new CloseStatus(4005, "Slow consumer"));
    assertThat(server.lost).isOne();
  }

  @Test
  void endsByForceAfterTheCloseTimeout() {
    SimulatedClient client = open();
    client.block();
    onLoop(connection -> connection.close(new CloseStatus(4001, "late"), Pending.FLUSH));
    time.advance(Duration.ofSeconds(5));

    assertThat(client.closed()).contains(CloseStatus.ABNORMAL);
    assertThat(server.events).containsExactly("closed 4001");
  }

  @Test
  void tellsTheClientsCloseAfterItsMessages() {
    SimulatedClient client = open();
    client.send("before");
    client.close(1000);
    time.runUntilIdle();
    assertThat(server.events).isEmpty();
    onLoop(connection -> connection.demand(1));

    assertThat(server.events).containsExactly("before", "closing 1000", "closed 1000");
    assertThat(client.closed()).contains(new CloseStatus(1000, ""));
  }

  @Test
  void tellsABrokenConnection() {
    SimulatedClient client = open();
    client.vanish();
    time.runUntilIdle();

    assertThat(server.events).containsExactly("closed 1006");
    assertThat(client.closed()).contains(CloseStatus.ABNORMAL);
  }

  @Test
  void closesWhatIsTooBigOrMalformed() {
    SimulatedClient big = open();
    big.send("x".repeat(128 * 1024 + 1));
    time.runUntilIdle();
    assertThat(server.events).containsExactly("closing 1009", "closed 1009");
    assertThat(big.closed()).contains(new CloseStatus(1009, "Message too big"));

    SimulatedClient malformed = open();
    malformed.sendText(new byte[] {(byte) 0xC0, (byte) 0x80});
    time.runUntilIdle();
    assertThat(malformed.closed()).contains(new CloseStatus(1007, "Malformed UTF-8"));
  }
}
