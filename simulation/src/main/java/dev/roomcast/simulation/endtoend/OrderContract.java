package dev.roomcast.simulation.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The order that docs/concurrency.md promises, over sockets and every loop there is. */
abstract class OrderContract extends ClosesContract {
  private static final int MEMBERS = 8;
  private static final int PUBLISHERS = 4;
  private static final int EACH = 3_125; // 8 members x 4 publishers x 3,125 = 100,000 deliveries
  private static final Pattern NUMBERED = Pattern.compile("\"p\":(\\d+),\"n\":(\\d+)");

  private record Numbered(int p, int n) {}

  /** Follows what one member gets: each publisher's messages come without gap or repetition. */
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
  void required_order_everyMemberThatStaysGetsEachPublishersMessagesOnce() throws Exception {
    start();
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      Reader reader = new Reader();
      connect("member-" + i, reader::read);
      readers.add(reader);
    }
    server().everyone().join("arena").toCompletableFuture().join();

    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<?> churn = threads.submit(() -> comeAndGo(over));
      List<Future<?>> publishers = new ArrayList<>();
      for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
        int number = publisher;
        publishers.add(threads.submit(() -> publish(number)));
      }
      try {
        for (Future<?> publisher : publishers) {
          publisher.get();
        }
        eventually(() -> readers.stream().allMatch(Reader::done));
      } finally {
        over.set(true);
      }
      churn.get();
    }

    assertThat(readers).allSatisfy(reader -> assertThat(reader.faults).isEmpty());
  }

  // At most one inbox's worth in flight: a publish that is rejected would be a gap, rightly told.
  private void publish(int publisher) {
    for (int n = 0; n < EACH; n++) {
      var report = server().room("arena").send("tick", new Numbered(publisher, n)).report();
      if (n % 100 == 99) {
        assertThat(report.toCompletableFuture().join().rejectedLoops()).isZero();
      }
    }
  }

  /** Strangers join and leave the room meanwhile, through the server and by vanishing. */
  private void comeAndGo(AtomicBoolean over) {
    Random random = new Random(7);
    while (!over.get()) {
      try (JdkClient stranger = JdkClient.connect(http(), uri())) {
        stranger.send(authenticate("stranger"));
        eventually(() -> !server().user("stranger").clients().isEmpty());
        for (int i = 0; i < 20; i++) {
          if (random.nextBoolean()) {
            server().user("stranger").join("arena");
          } else {
            server().user("stranger").leave("arena");
          }
        }
      }
      eventually(() -> server().user("stranger").clients().isEmpty());
    }
  }

  @Test
  void required_order_whatAHandlerSendsComesBeforeItsAnswer() {
    start(
        builder ->
            builder.reply(
                "go",
                Void.class,
                (call, nothing) -> {
                  call.server().room("ws-default").send("first", Map.of());
                  call.server().client(call.client().id()).send("second", Map.of());
                  return "third";
                }));
    JdkClient client = connect("ada");
    int rounds = 200;
    for (int i = 0; i < rounds; i++) {
      client.send("{\"event\":\"go\",\"id\":\"" + i + "\"}");
    }
    awaitMessages(client, 3 * rounds);

    for (int i = 0; i < rounds; i++) {
      assertThat(messages(client).subList(3 * i, 3 * i + 3))
          .containsExactly(
              "{\"event\":\"first\",\"data\":{}}",
              "{\"event\":\"second\",\"data\":{}}",
              "{\"event\":\"go\",\"data\":\"third\",\"id\":\"" + i + "\"}");
    }
  }
}
