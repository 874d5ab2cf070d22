package dev.roomcast.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SimulatedTransportTest {
  private final Recorder server = new Recorder();
  private VirtualTime time = VirtualTime.inOrder();
  private SimulatedTransport transport = new SimulatedTransport(time, 1);

  @BeforeEach
  void start() {
    start(server);
  }

  private void start(Acceptor acceptor) {
    transport.start(
        new TransportContext(TransportSettings.defaults(), acceptor, Observer.none(), time));
  }

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
  void refusesACloseThatMayNotBeSent() {
    open();
    onLoop(
        connection ->
            assertThatThrownBy(() -> connection.close(CloseStatus.ABNORMAL, Pending.FLUSH))
                .isInstanceOf(IllegalArgumentException.class));
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

  private SimulatedClient open() {
    SimulatedClient client = transport.connect();
    time.runUntilIdle();
    server.events.clear();
    return client;
  }

  private interface OnLoop {
    void run(Connection connection);
  }

  private void onLoop(OnLoop task) {
    Connection connection = server.connection();
    connection.loop().execute(() -> task.run(connection));
    time.runUntilIdle();
  }

  private PreparedMessage text(String text) {
    return transport.prepare(text.getBytes(StandardCharsets.UTF_8), true);
  }

  private PreparedMessage kib(int size) {
    return transport.prepare(new byte[size * 1024], true);
  }

  /** A server that writes down what it is told. */
  private final class Recorder implements Acceptor {
    private final List<String> events = new ArrayList<>();
    private Verdict verdict = Verdict.accept();
    private boolean demandInside;
    private boolean echoes;
    private Connection last;
    private Handshake request;
    private ByteBuffer lent;
    private long lost;

    Connection connection() {
      return last;
    }

    @Override
    public Verdict admit(Handshake request) {
      return verdict;
    }

    @Override
    public ConnectionListener opened(Connection connection, Handshake handshake) {
      last = connection;
      request = handshake;
      events.add("opened");
      if (echoes) {
        connection.demand(1);
      }
      return new ConnectionListener() {
        @Override
        public void onMessage(MessageKind kind, ByteBuffer payload) {
          lent = payload;
          byte[] copy = new byte[lent.remaining()];
          lent.duplicate().get(copy);
          events.add(new String(copy, StandardCharsets.UTF_8));
          if (demandInside || echoes) {
            connection.demand(1);
          }
          if (echoes) {
            connection.send(transport.prepare(copy, true), Flush.TURN_END);
          }
        }

        @Override
        public void onBackpressure(Backpressure level) {
          events.add(level.name());
        }

        @Override
        public void onClosing(CloseStatus status) {
          events.add("closing " + status.code());
        }

        @Override
        public void onClosed(CloseStatus status, long lostMessages) {
          events.add("closed " + status.code());
          lost = lostMessages;
        }
      };
    }
  }
}
