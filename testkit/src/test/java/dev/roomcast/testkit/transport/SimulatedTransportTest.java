package dev.roomcast.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Opening, refusing, exchanging messages, stopping. */
final class SimulatedTransportTest extends SimulatedFixture {

  @Test
  void opensAConnectionInALaterStep() {
    SimulatedClient client = transport.connect();
    assertThat(client.opened()).isFalse();
    time.runUntilIdle();

    assertThat(client.opened()).isTrue();
    assertThat(server.events).containsExactly("opened");
  }

  @Test
  void tellsTheRequest() {
    transport.connect("/ws?a=1&b=x%20y", Map.of("origin", List.of("http://here")));
    time.runUntilIdle();

    Handshake request = server.request;
    assertThat(request.path()).isEqualTo("/ws");
    assertThat(request.queryParameter("b")).contains("x y");
    assertThat(request.origin()).contains("http://here");
  }

  @Test
  void refusesWhatTheAcceptorRejects() {
    server.verdict = new Verdict.Reject(403, "no");
    SimulatedClient client = transport.connect();
    time.runUntilIdle();

    assertThat(client.rejection()).contains(new Verdict.Reject(403, "no"));
    assertThat(server.events).isEmpty();
  }

  @Test
  void required_C03_deliversOnlyWhatWasDemanded() {
    SimulatedClient client = open();
    client.send("one");
    client.send("two");
    time.runUntilIdle();
    assertThat(server.events).isEmpty();
    assertThat(client.undelivered()).isEqualTo(2);

    onLoop(connection -> connection.demand(1));
    assertThat(server.events).containsExactly("one");
    onLoop(connection -> connection.demand(1));
    assertThat(server.events).containsExactly("one", "two");
  }

  @Test
  void required_C03_countsDemandFromInsideOnMessage() {
    server.demandInside = true;
    SimulatedClient client = open();
    for (int i = 0; i < 100; i++) {
      client.send("m" + i);
    }
    onLoop(connection -> connection.demand(1));

    assertThat(server.events).hasSize(100).startsWith("m0", "m1");
  }

  @Test
  void takesTheLentPayloadBack() {
    SimulatedClient client = open();
    client.send("secret");
    onLoop(connection -> connection.demand(1));

    assertThat(StandardCharsets.UTF_8.decode(server.lent).toString()).doesNotContain("secret");
  }

  @Test
  void deliversWhatIsSentInOrder() {
    SimulatedClient client = open();
    onLoop(
        connection -> {
          connection.send(text("a"), Flush.PACED);
          connection.send(text("b"), Flush.TURN_END);
          assertThat(client.received()).isEmpty();
        });

    assertThat(client.received()).containsExactly("a", "b");
    assertThat(client.handedOver()).containsExactly("a", "b");
  }

  @Test
  void reportsACallOffTheLoop() {
    open();
    server.connection().demand(1);

    assertThatThrownBy(time::runUntilIdle).hasMessageContaining("off its loop");
  }

  @Test
  void reportsAForeignMessage() {
    open();
    assertThatThrownBy(() -> onLoop(connection -> connection.send(() -> 1, Flush.TURN_END)))
        .hasMessageContaining("T05");
  }

  @Test
  void required_T03_acceptsNothingOnceStopped() {
    SimulatedClient before = open();
    transport.stopAccepting();
    SimulatedClient after = transport.connect();
    time.runUntilIdle();

    assertThat(after.opened()).isFalse();
    assertThat(before.closed()).isEmpty();
  }

  @Test
  void required_T04_reportsEachConnectionWhenItCloses() {
    SimulatedClient client = open();
    transport.close();
    transport.close();

    assertThat(client.closed()).contains(CloseStatus.ABNORMAL);
    assertThat(server.events).containsExactly("closed 1006");
    assertThat(server.connection().loop().execute(() -> {})).isFalse();
  }

  @Property(tries = 200)
  void keepsOrderBothWaysUnderAnySeed(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int loops) {
    time = VirtualTime.seeded(seed);
    transport = new SimulatedTransport(time, loops);
    var echo = new Recorder();
    echo.echoes = true;
    start(echo);
    List<SimulatedClient> clients = new ArrayList<>();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clients.add(transport.connect());
    }
    for (int i = 0; i < 20; i++) {
      String text = "m" + i;
      sent.add(text);
      clients.forEach(client -> client.send(text));
      time.step();
    }
    time.runUntilIdle();

    assertThat(clients).allSatisfy(client -> assertThat(client.received()).isEqualTo(sent));
  }
}
