package dev.roomcast.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.Flush;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What waits for a client that does not read, and what its server is told of that. */
final class SimulatedBackpressureTest extends SimulatedFixture {

  @Test
  void countsQueuedBytesWhileTheClientIsBlocked() {
    SimulatedClient client = open();
    client.block();
    onLoop(connection -> connection.send(text("12345678"), Flush.TURN_END));
    onLoop(connection -> assertThat(connection.queuedBytes()).isEqualTo(10));
    client.read(4);
    onLoop(connection -> assertThat(connection.queuedBytes()).isEqualTo(6));
    assertThat(client.received()).isEmpty();
    client.unblock();
    onLoop(connection -> assertThat(connection.queuedBytes()).isZero());
    assertThat(client.received()).containsExactly("12345678");
  }

  @Test
  void required_C09_offersLargeQueuesWithinTheTurn() {
    open();
    onLoop(
        connection -> {
          connection.send(kib(200), Flush.TURN_END);
          assertThat(connection.queuedBytes()).isGreaterThan(200 * 1024);
          connection.send(kib(200), Flush.TURN_END);
          assertThat(connection.queuedBytes()).isZero();
        });
  }

  @Test
  void tellsHighOverLimitAndClear() {
    SimulatedClient client = open();
    client.block();
    onLoop(connection -> connection.send(kib(513), Flush.TURN_END));
    assertThat(server.events).containsExactly("HIGH");
    onLoop(connection -> connection.send(kib(513), Flush.TURN_END));
    assertThat(server.events).containsExactly("HIGH", "OVER_LIMIT");
    client.read(700 * 1024);
    time.runUntilIdle();
    assertThat(server.events).containsExactly("HIGH", "OVER_LIMIT");
    client.unblock();
    time.runUntilIdle();
    assertThat(server.events).containsExactly("HIGH", "OVER_LIMIT", "CLEAR");
  }

  @Test
  void letsASingleLargeMessageThrough() {
    SimulatedClient client = open();
    client.block();
    onLoop(connection -> connection.send(kib(2000), Flush.TURN_END));

    assertThat(server.events).containsExactly("HIGH");
  }

  @Test
  void tellsAStallAndItsEnd() {
    SimulatedClient client = open();
    client.block();
    onLoop(connection -> connection.send(text("waits"), Flush.TURN_END));
    time.advance(Duration.ofMillis(9_999));
    assertThat(server.events).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertThat(server.events).containsExactly("STALLED");
    client.read(1);
    time.runUntilIdle();
    assertThat(server.events).containsExactly("STALLED", "CLEAR");
  }

  @Test
  void tellsTheEndOfAStallThatALongTurnBrings() {
    SimulatedClient client = open();
    client.block();
    onLoop(connection -> connection.send(text("waits"), Flush.TURN_END));
    time.advance(Duration.ofSeconds(10));
    onLoop(
        connection -> {
          client.unblock();
          connection.send(kib(300), Flush.TURN_END);
        });

    assertThat(server.events).containsExactly("STALLED", "CLEAR");
  }

  @Test
  void takesAReaderForNoStalledOneAsLongAsItReads() {
    SimulatedClient client = open();
    client.block();
    onLoop(connection -> connection.send(text("waits for long"), Flush.TURN_END));
    for (int i = 0; i < 5; i++) {
      time.advance(Duration.ofSeconds(9));
      client.read(1);
      time.runUntilIdle();
    }
    assertThat(server.events).isEmpty();
  }
}
