package dev.roomcast.simulation.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.observation.Signal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that send without pause, and clients that do not read. */
abstract class LoadContract extends OrderContract {
  private static final int FLOOD = 10_000;
  private static final int LIMIT = 256 * 1024;

  /** Much more than any kernel keeps for a client that does not read. */
  private static final int MOST = 20_000;

  private static final String PAD = "x".repeat(8 * 1024);

  record Numbered(int n, String pad) {}

  @Test
  void required_flood_isServedInOrderAndHoldsUpNobody() {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger outOfOrder = new AtomicInteger();
    start(
        builder ->
            builder
                .on(
                    "n",
                    Integer.class,
                    (call, n) -> {
                      if (n != next.getAndIncrement()) {
                        outOfOrder.incrementAndGet();
                      }
                    })
                .reply("ping", Void.class, (call, nothing) -> "pong"));
    JdkClient flooder = connect("flooder");
    JdkClient neighbour = connect("neighbour");
    for (int i = 0; i < FLOOD; i++) {
      flooder.send("{\"event\":\"n\",\"data\":" + i + "}");
    }
    neighbour.send("{\"event\":\"ping\",\"id\":\"p\"}");
    awaitMessages(neighbour, 1);

    assertThat(messages(neighbour))
        .containsExactly("{\"event\":\"ping\",\"data\":\"pong\",\"id\":\"p\"}");
    eventually(() -> next.get() == FLOOD);
    assertThat(outOfOrder).hasValue(0);
    assertThat(counts().sum(Signal.MESSAGE_RECEIVED)).isEqualTo(FLOOD + 3L);
  }

  @Test
  void required_flood_ofNonsenseIsAnsweredOneByOne() {
    start();
    JdkClient client = connect("ada");
    for (int i = 0; i < FLOOD; i++) {
      client.send("{");
    }
    awaitMessages(client, FLOOD);

    assertThat(messages(client)).hasSize(FLOOD).containsOnly(error("Invalid message format"));
  }

  @Test
  void required_4005_closesWhoDoesNotReadAndCutsNoFrame() {
    start(builder -> builder.options(o -> o.backpressureLimit(LIMIT)));
    JdkClient slow = connect("slow");
    JdkClient neighbour = connect("neighbour");
    slow.stopReading();
    int sent = 0;
    while (goodbyes().isEmpty() && sent < MOST) {
      send(sent++);
    }
    slow.readOn();

    assertClosed(slow, 4005, "Slow consumer");
    List<String> got = messages(slow);
    assertThat(got).hasSizeBetween(1, sent - 1).isEqualTo(numbered(got.size()));
    awaitMessages(neighbour, sent);
    assertThat(messages(neighbour)).isEqualTo(numbered(sent));
  }

  @Test
  void required_gap_tellsWhoDoesNotReadWhatItMissed() {
    start(
        builder ->
            builder
                .reply("ping", Void.class, (call, nothing) -> "pong")
                .options(o -> o.backpressureLimit(LIMIT).closeOnBackpressureLimit(false)));
    JdkClient slow = connect("slow");
    slow.stopReading();
    int sent = 0;
    long dropped = 0;
    while (dropped < 10 && sent < MOST) {
      dropped += send(sent++).dropped();
    }
    slow.readOn();
    int kept = sent - (int) dropped;
    awaitMessages(slow, kept + 1);
    slow.send("{\"event\":\"ping\"}");
    awaitMessages(slow, kept + 2);

    assertThat(dropped).isEqualTo(10);
    assertThat(messages(slow).subList(0, kept)).isEqualTo(numbered(kept));
    assertThat(messages(slow).subList(kept, kept + 2))
        .containsExactly(
            "{\"event\":\"gap\",\"data\":{\"dropped\":10}}",
            "{\"event\":\"ping\",\"data\":\"pong\"}");
  }

  private DeliveryReport send(int number) {
    return server()
        .everyone()
        .send("tick", new Numbered(number, PAD))
        .report()
        .toCompletableFuture()
        .join();
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> "{\"event\":\"tick\",\"data\":{\"n\":" + n + ",\"pad\":\"" + PAD + "\"}}")
        .toList();
  }
}
