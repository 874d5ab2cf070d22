package dev.roomcast.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.PreparedMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When messages are offered to the socket, and what is told of one that does not take them. */
abstract class BackpressureContract extends EndContract {
  private static final int KIBIBYTE = 1024;

  @Test
  void required_C08_offersWhatWasSentBeforeTheLoopWaits() {
    start();
    RawWebSocket client = open();
    for (String text : numbers(20)) {
      send(end(), text);
      assertThat(client.readText()).isEqualTo(text);
    }
  }

  @Test
  void required_C08_offersWhatWasQueuedBeforeItToo() {
    start();
    RawWebSocket client = open();
    end()
        .run(
            to -> {
              to.send(message("paced"), Flush.PACED);
              to.send(message("now"), Flush.TURN_END);
            });

    assertThat(client.readText()).isEqualTo("paced");
    assertThat(client.readText()).isEqualTo("now");
  }

  @Test
  void required_C08_sendsWhatIsPacedInTheEnd() {
    start();
    RawWebSocket client = open();
    end().run(to -> to.send(message("paced"), Flush.PACED));

    assertThat(client.readText()).isEqualTo("paced");
  }

  @Test
  void required_C09_writesDuringALongTurn() {
    start();
    RawWebSocket client = open();
    CountDownLatch arrived = new CountDownLatch(1);
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  client.read();
                  arrived.countDown();
                });
    PreparedMessage message = sized(64 * KIBIBYTE);
    boolean duringTheTurn =
        end()
            .ask(
                to -> {
                  for (int i = 0; i < 8; i++) {
                    to.send(message, Flush.TURN_END);
                  }
                  return comes(arrived);
                });

    assertThat(duringTheTurn).as("a message arrived while the turn went on").isTrue();
    assertThat(reader).isNotNull();
  }

  private boolean comes(CountDownLatch latch) {
    try {
      return latch.await(patience().toMillis() / 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void required_C09_countsQueuedBytesExactly() {
    start(settings().withBackpressureLimit(64 << 20));
    RawWebSocket client = openSmall();
    fill();
    PreparedMessage message = sized(10_000);
    end()
        .run(
            to -> {
              long before = to.queuedBytes();
              to.send(message, Flush.TURN_END);
              to.send(message, Flush.TURN_END);
              // A header has 4 bytes at this size; it may be counted.
              assertThat(to.queuedBytes() - before).isBetween(20_000L, 20_008L);
            });
    end().run(to -> to.send(message("end"), Flush.TURN_END));
    while (!client.read().text().equals("end")) {
      assertThat(end().closes()).isEmpty();
    }

    eventually(() -> end().ask(to -> to.queuedBytes() == 0));
  }

  /** Sends until the socket takes nothing any more. */
  private void fill() {
    PreparedMessage message = sized(256 * KIBIBYTE);
    int grown = 0;
    for (int sent = 0; grown < 4; sent++) {
      assertThat(sent).as("messages of 256 KiB that a socket took unread").isLessThan(100);
      long before = end().ask(to -> to.queuedBytes());
      end().run(to -> to.send(message, Flush.TURN_END));
      turns(2);
      grown = end().ask(to -> to.queuedBytes()) - before >= message.size() ? grown + 1 : 0;
    }
  }

  @Test
  void required_backpressure_tellsEachLevelOnChange() {
    start(settings().withBackpressureLimit(512 * KIBIBYTE));
    RawWebSocket client = openSmall();
    PreparedMessage message = sized(64 * KIBIBYTE);
    int sent = 0;
    while (!end().levels().contains(Backpressure.OVER_LIMIT)) {
      end().run(to -> to.send(message, Flush.TURN_END));
      turns(1);
      assertThat(++sent).as("messages of 64 KiB that were taken").isLessThan(2_000);
    }
    assertThat(end().levels()).containsExactly(Backpressure.HIGH, Backpressure.OVER_LIMIT);
    long queued = end().ask(to -> to.queuedBytes());
    assertThat(queued).isGreaterThan(512 * KIBIBYTE);
    for (int i = 0; i < sent; i++) {
      assertThat(client.read().size()).isEqualTo(message.size());
    }

    eventually(
        () ->
            end()
                .levels()
                .equals(List.of(Backpressure.HIGH, Backpressure.OVER_LIMIT, Backpressure.CLEAR)));
  }

  @Test
  void required_backpressure_allowsASingleMessageOverTheLimit() {
    start(settings().withBackpressureLimit(64 * KIBIBYTE));
    RawWebSocket client = openSmall();
    PreparedMessage huge = sized(24 << 20);
    end().run(to -> to.send(huge, Flush.TURN_END));
    turns(3);
    assertThat(end().levels()).doesNotContain(Backpressure.OVER_LIMIT);

    assertThat(client.read().size()).isEqualTo(huge.size());
    eventually(() -> end().levels().isEmpty() || end().levels().getLast() == Backpressure.CLEAR);
  }

  @Test
  void required_backpressure_tellsAStallAndItsEnd() {
    start(settings().withBackpressureLimit(64 << 20).withStallTimeout(Duration.ofMillis(250)));
    RawWebSocket client = openSmall();
    fill();
    send(end(), "end");
    eventually(() -> end().levels().contains(Backpressure.STALLED));
    while (!client.read().text().equals("end")) {
      assertThat(end().closes()).isEmpty();
    }

    eventually(() -> end().levels().getLast() == Backpressure.CLEAR);
  }
}
