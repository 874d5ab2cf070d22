package dev.roomcast.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How connections end: rules C02, C05, C06, C07. */
abstract class CloseContract extends ViolationContract {
  static final CloseStatus STATUS = new CloseStatus(4007, "Disconnected");
  static final int MEBIBYTE = 1 << 20;

  @Test
  void required_C02_callsNobodyInsideAMethod() {
    start(settings().withBackpressureLimit(64 * 1024));
    RawWebSocket client = openSmall();
    numbers(50).forEach(client::send);
    PreparedMessage large = sized(MEBIBYTE);
    // Each of these has something to tell, and a listener would hear it inside if it could.
    end().run(to -> to.demand(10));
    // So that others wait for the next demand.
    eventually(() -> end().messageCount() == 10);
    end()
        .run(
            to -> {
              to.demand(10);
              for (int i = 0; i < 20; i++) {
                to.send(large, Flush.TURN_END);
              }
            });
    eventually(() -> end().messageCount() == 20);
    client.reset();
    end()
        .run(
            to -> {
              for (int i = 0; i < 20; i++) {
                to.send(large, Flush.TURN_END);
              }
              to.close(STATUS, Pending.DISCARD);
              to.abort();
            });

    eventually(() -> end().closes().size() == 1);
    assertThat(server().violations()).isEmpty();
  }

  @Test
  void required_C05_sendsEverythingBeforeItCloses() {
    start();
    RawWebSocket client = openSmall();
    PreparedMessage large = sized(MEBIBYTE);
    end()
        .run(
            to -> {
              for (int i = 0; i < 12; i++) {
                to.send(large, i % 2 == 0 ? Flush.PACED : Flush.TURN_END);
              }
              to.close(STATUS, Pending.FLUSH);
            });

    for (int i = 0; i < 12; i++) {
      assertThat(client.read().size()).isEqualTo(MEBIBYTE);
    }
    ServerFrame close = client.read();
    assertThat(close.closeCode()).isEqualTo(STATUS.code());
    assertThat(close.closeReason()).isEqualTo(STATUS.reason());
    client.sendClose(STATUS.code(), "");
    finish(client);
    eventually(() -> end().closes().equals(List.of(STATUS)));
    assertThat(end().lost()).isZero();
  }

  @Test
  void required_C05_takesTheFirstCloseAndNothingAfterIt() {
    start();
    RawWebSocket client = open();
    end()
        .run(
            to -> {
              to.send(message("before"), Flush.TURN_END);
              to.close(STATUS, Pending.FLUSH);
              to.close(new CloseStatus(4002, "second"), Pending.DISCARD);
              to.send(message("after"), Flush.TURN_END);
              to.demand(5);
            });

    assertThat(client.readText()).isEqualTo("before");
    assertThat(client.read().closeCode()).isEqualTo(STATUS.code());
    client.send("unheard");
    client.sendClose(STATUS.code(), "");
    finish(client);
    eventually(() -> end().closes().equals(List.of(STATUS)));
    assertThat(end().lost()).isOne();
    assertThat(end().messages()).isEmpty();
  }

  @Test
  void required_C05_discardsAllButABegunFrame() {
    start();
    RawWebSocket client = openSmall();
    PreparedMessage large = sized(MEBIBYTE);
    end()
        .run(
            to -> {
              for (int i = 0; i < 16; i++) {
                to.send(large, Flush.TURN_END);
              }
            });
    end().run(to -> to.close(STATUS, Pending.DISCARD));
    int whole = 0;
    ServerFrame frame = client.read();
    for (; !frame.isClose(); frame = client.read()) {
      assertThat(frame.size()).isEqualTo(MEBIBYTE);
      whole++;
    }

    assertThat(frame.closeCode()).isEqualTo(STATUS.code());
    assertThat(whole).isLessThan(16);
    client.sendClose(STATUS.code(), "");
    finish(client);
    eventually(() -> end().closes().equals(List.of(STATUS)));
    assertThat(end().lost()).isEqualTo(16 - whole);
  }

  @Test
  void required_C05_refusesACodeThatMayNotBeSent() {
    start();
    open();
    for (CloseStatus status : List.of(CloseStatus.NO_STATUS, CloseStatus.ABNORMAL)) {
      end()
          .run(
              to ->
                  assertThatThrownBy(() -> to.close(status, Pending.FLUSH))
                      .isInstanceOf(IllegalArgumentException.class));
    }
  }

  /** Closing a socket with unread input makes TCP reset it, and what was sent is gone. */
  @Test
  void required_C06_losesNothingWhileThePeerGoesOnSending() throws InterruptedException {
    start();
    RawWebSocket client = openSmall();
    PreparedMessage large = sized(MEBIBYTE);
    byte[] noise = ClientFrames.text("x".repeat(10_000));
    Thread sender =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 5_000; i++) {
                      client.write(noise);
                    }
                  } catch (UncheckedIOException ended) {
                    // The server may end it once the close was answered.
                    assertThat(ended).isNotNull();
                  }
                });
    end()
        .run(
            to -> {
              for (int i = 0; i < 8; i++) {
                to.send(large, Flush.TURN_END);
              }
              to.close(STATUS, Pending.FLUSH);
            });

    for (int i = 0; i < 8; i++) {
      assertThat(client.read().size()).isEqualTo(MEBIBYTE);
    }
    assertThat(client.read().closeCode()).isEqualTo(STATUS.code());
    sender.join(patience());
    client.sendClose(STATUS.code(), "");
    finish(client);
    eventually(() -> end().closes().equals(List.of(STATUS)));
    assertThat(end().lost()).isZero();
  }

  @Test
  void required_C06_waitsForThePeersClose() {
    start();
    RawWebSocket client = open();
    end().run(to -> to.close(STATUS, Pending.FLUSH));
    assertThat(client.read().closeCode()).isEqualTo(STATUS.code());
    assertThat(client.staysSilentFor(Duration.ofMillis(200))).isTrue();
    assertThat(end().closes()).isEmpty();

    client.sendClose(STATUS.code(), "");
    finish(client);
    eventually(() -> end().closes().equals(List.of(STATUS)));
  }

  @Test
  void required_C06_endsAtTheEndOfTheStream() {
    start();
    RawWebSocket client = open();
    end().run(to -> to.close(STATUS, Pending.FLUSH));
    client.readUntilClose();
    client.halfClose();

    finish(client);
    eventually(() -> end().closes().equals(List.of(STATUS)));
  }

  @Test
  void required_C06_endsAfterTheCloseTimeout() {
    start(settings().withCloseTimeout(Duration.ofMillis(300)));
    RawWebSocket client = open();
    end().run(to -> to.close(STATUS, Pending.FLUSH));
    client.readUntilClose();

    finish(client);
    eventually(() -> end().closes().equals(List.of(STATUS)));
  }

  @Test
  void required_C06_endsAfterTheCloseTimeoutThoughNobodyReads() {
    start(settings().withCloseTimeout(Duration.ofMillis(300)));
    openSmall();
    PreparedMessage large = sized(16 * MEBIBYTE);
    end()
        .run(
            to -> {
              to.send(large, Flush.TURN_END);
              to.send(large, Flush.TURN_END);
              to.close(STATUS, Pending.FLUSH);
            });

    eventually(() -> end().closes().equals(List.of(STATUS)));
    assertThat(end().lost()).isBetween(1L, 2L);
  }

  @Test
  void required_C06_deliversNothingAfterClose() {
    start();
    RawWebSocket client = open();
    end()
        .run(
            to -> {
              to.demand(100);
              to.close(STATUS, Pending.FLUSH);
            });
    numbers(50).forEach(client::send);
    client.readUntilClose();
    client.sendClose(STATUS.code(), "");
    finish(client);

    eventually(() -> end().closes().equals(List.of(STATUS)));
    assertThat(end().messages()).isEmpty();
    assertThat(end().closings()).isEmpty();
  }

  @Test
  void required_C07_abortEndsAtOnce() {
    start();
    RawWebSocket client = open();
    end()
        .run(
            to -> {
              to.abort();
              to.abort();
              to.send(message("lost"), Flush.TURN_END);
            });

    finish(client);
    eventually(() -> end().closes().equals(List.of(CloseStatus.ABNORMAL)));
    turnsDoNoHarm();
  }

  @Test
  void required_C07_abortEndsACloseThatIsUnderWay() {
    start();
    RawWebSocket client = open();
    end().run(to -> to.close(STATUS, Pending.FLUSH));
    client.readUntilClose();
    end().run(to -> to.abort());

    finish(client);
    eventually(() -> end().closes().equals(List.of(STATUS)));
  }

  /** What a client does once the closing handshake is over: waits for the end, and ends too. */
  static void finish(RawWebSocket client) {
    client.awaitEnd();
    client.close();
  }

  private void turnsDoNoHarm() {
    turns(3);
    assertThat(end().closes()).hasSize(1);
  }
}
