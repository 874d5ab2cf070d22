package dev.roomcast.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order that docs/concurrency.md promises, over real sockets and four loops. */
@Timeout(120)
final class OrderOverSocketsTest {
  private static final int MEMBERS = 8;
  private static final int PUBLISHERS = 4;
  private static final int EACH = 3_125; // 8 members x 4 publishers x 3,125 = 100,000 deliveries
  private static final Pattern NUMBERED = Pattern.compile("\"p\":(\\d+),\"n\":(\\d+)");

  /**
   * Follows what one member gets: each publisher's messages must come without gap or repetition.
   */
  private static final class Reader {
    private final AtomicIntegerArray next = new AtomicIntegerArray(PUBLISHERS);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    void read(String text) {
      Matcher numbered = NUMBERED.matcher(text);
      if (numbered.find()) {
        int publisher = Integer.parseInt(numbered.group(1));
        int number = Integer.parseInt(numbered.group(2));
        int expected = next.getAndIncrement(publisher);
        if (number != expected) {
          faults.add("publisher " + publisher + ": " + number + " instead of " + expected);
        }
      }
    }

    boolean done() {
      for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
        if (next.get(publisher) < EACH) {
          return false;
        }
      }
      return true;
    }
  }

  @Test
  void everyMemberThatStaysGetsEachPublishersMessagesOnceAndInOrder() throws Exception {
    try (TestServer server = TestServer.start(builder -> {});
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Reader> readers = new ArrayList<>();
      List<WsClient> members = new ArrayList<>();
      for (int i = 0; i < MEMBERS; i++) {
        Reader reader = new Reader();
        JdkClient member = JdkClient.connect(server.uri, reader::read);
        member.send(TestServer.authenticate("member-" + i));
        readers.add(reader);
        members.add(member);
      }
      await().until(() -> server.rooms.room("ws-default").clients().size() == MEMBERS);
      server.rooms.everyone().join("arena").toCompletableFuture().join();

      AtomicBoolean over = new AtomicBoolean();
      Future<?> churn = threads.submit(() -> comeAndGo(server, over));
      List<Future<?>> publishers = new ArrayList<>();
      for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
        int number = publisher;
        publishers.add(threads.submit(() -> publish(server, number)));
      }
      for (Future<?> publisher : publishers) {
        publisher.get();
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> readers.stream().allMatch(Reader::done));
      over.set(true);
      churn.get();

      assertThat(readers).allSatisfy(reader -> assertThat(reader.faults).isEmpty());
      members.forEach(WsClient::abort);
    }
  }

  // At most one inbox's worth in flight: a publish that is rejected would be a gap, rightly told.
  private static void publish(TestServer server, int publisher) {
    for (int n = 0; n < EACH; n++) {
      var report =
          server
              .rooms
              .room("arena")
              .send("tick", new Numbered(publisher, n))
              .report()
              .toCompletableFuture();
      if (n % 100 == 99) {
        assertThat(report.join().rejectedLoops()).isZero();
      }
    }
  }

  private record Numbered(int p, int n) {}

  /** Strangers join and leave the room meanwhile, through the server and by vanishing. */
  private static void comeAndGo(TestServer server, AtomicBoolean over) {
    Random random = new Random(7);
    while (!over.get()) {
      try (JdkClient stranger = JdkClient.connect(server.uri)) {
        stranger.send(TestServer.authenticate("stranger"));
        await().until(() -> !server.rooms.user("stranger").clients().isEmpty());
        for (int i = 0; i < 20; i++) {
          if (random.nextBoolean()) {
            server.rooms.user("stranger").join("arena");
          } else {
            server.rooms.user("stranger").leave("arena");
          }
        }
      }
      await().until(() -> server.rooms.user("stranger").clients().isEmpty());
    }
  }

  @Test
  void whatAHandlerSendsComesBeforeItsAnswer() throws Exception {
    try (TestServer server =
            TestServer.start(
                builder ->
                    builder.reply(
                        "go",
                        Void.class,
                        (call, nothing) -> {
                          call.server().room("ws-default").send("first", Map.of());
                          call.server().client(call.client().id()).send("second", Map.of());
                          return "third";
                        }));
        JdkClient client = JdkClient.connect(server.uri)) {
      client.send(TestServer.authenticate("ada"));
      await().until(() -> client.received().size() == 1);
      int rounds = 200;
      for (int i = 0; i < rounds; i++) {
        client.send("{\"event\":\"go\",\"id\":\"" + i + "\"}");
      }
      await().until(() -> client.received().size() == 1 + 3 * rounds);

      for (int i = 0; i < rounds; i++) {
        assertThat(client.received().subList(1 + 3 * i, 4 + 3 * i))
            .containsExactly(
                "{\"event\":\"first\",\"data\":{}}",
                "{\"event\":\"second\",\"data\":{}}",
                "{\"event\":\"go\",\"data\":\"third\",\"id\":\"" + i + "\"}");
      }
    }
  }
}
