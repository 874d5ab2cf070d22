package dev.roomcast.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.observation.Signal;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client that sends without pause is served in order, and its neighbours do not notice. */
@Timeout(60)
final class FloodTest {
  private static final int MESSAGES = 10_000;

  record Numbered(int n) {}

  @Test
  void servesTenThousandMessagesOfOneClientInOrder() {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger outOfOrder = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                builder ->
                    builder
                        .on(
                            "n",
                            Numbered.class,
                            (call, data) -> {
                              if (data.n() != next.getAndIncrement()) {
                                outOfOrder.incrementAndGet();
                              }
                            })
                        .reply("ping", Void.class, (call, nothing) -> "pong"));
        JdkClient flooder = JdkClient.connect(server.uri);
        JdkClient neighbour = JdkClient.connect(server.uri)) {
      flooder.send(TestServer.authenticate("flooder"));
      neighbour.send(TestServer.authenticate("neighbour"));
      await().until(() -> server.rooms.everyone().clients().size() == 2);
      for (int i = 0; i < MESSAGES; i++) {
        flooder.send("{\"event\":\"n\",\"data\":{\"n\":" + i + "}}");
      }
      neighbour.send("{\"event\":\"ping\",\"id\":\"p\"}");

      await().until(() -> neighbour.received().size() == 2);
      assertThat(neighbour.received().getLast())
          .isEqualTo("{\"event\":\"ping\",\"data\":\"pong\",\"id\":\"p\"}");
      await().until(() -> next.get() == MESSAGES);
      assertThat(outOfOrder).hasValue(0);
      assertThat(server.counts.sum(Signal.MESSAGE_RECEIVED)).isEqualTo(MESSAGES + 3L);
    }
  }

  @Test
  void answersTenThousandMalformedMessagesAndStays() {
    try (TestServer server = TestServer.start(builder -> {});
        JdkClient client = JdkClient.connect(server.uri)) {
      for (int i = 0; i < MESSAGES; i++) {
        client.send("{");
      }
      await().until(() -> client.received().size() == MESSAGES);
      client.send(TestServer.authenticate("late"));

      await().until(() -> client.received().getLast().contains("\"connected\""));
      assertThat(client.received().getFirst())
          .isEqualTo("{\"event\":\"error\",\"data\":{\"message\":\"Invalid message format\"}}");
    }
  }
}
