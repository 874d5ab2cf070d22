package dev.roomcast.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a listener is told of an end that the core has not begun; the tests bear its method. */
abstract class EndContract extends CloseContract {

  @Test
  void required_onClosing_tellsThePeersCloseAndAnswersIt() {
    start().onOpen(end -> end.connection().demand(1));
    RawWebSocket client = open();
    CloseStatus status = new CloseStatus(3000, "adieu é");
    client.sendClose(status.code(), status.reason());

    assertThat(client.readUntilClose().closeCode()).isEqualTo(status.code());
    finish(client);
    eventually(() -> end().closes().equals(List.of(status)));
    assertThat(end().closings()).containsExactly(status);
  }

  @Test
  void required_onClosing_tells1005WhereThereIsNoCode() {
    start().onOpen(end -> end.connection().demand(1));
    RawWebSocket client = open();
    client.write(ClientFrames.frame(ClientFrames.FIN | ClientFrames.CLOSE, new byte[0]));

    assertThat(client.readUntilClose().size()).isZero();
    finish(client);
    eventually(() -> end().closes().equals(List.of(CloseStatus.NO_STATUS)));
    assertThat(end().closings()).containsExactly(CloseStatus.NO_STATUS);
  }

  @Test
  void required_onClosed_counts_whatIsSentAfterThePeersClose() {
    start()
        .onOpen(
            end -> {
              end.connection().demand(1);
              end.onClosing(
                  to -> {
                    to.send(message("lost"), Flush.TURN_END);
                    to.send(message("lost too"), Flush.TURN_END);
                  });
            });
    RawWebSocket client = open();
    client.sendClose(1000, "");

    assertThat(client.read().isClose()).isTrue();
    finish(client);
    eventually(() -> end().closes().size() == 1);
    assertThat(end().lost()).isEqualTo(2);
  }

  @Test
  void required_onClosed_tells1006WhereTheConnectionBroke() {
    start().onOpen(end -> end.connection().demand(1));
    RawWebSocket client = open();
    end();
    client.reset();
    eventually(() -> end().closes().equals(List.of(CloseStatus.ABNORMAL)));
    assertThat(end().closings()).isEmpty();
  }

  /** No selector reports a reset while neither reading nor writing is asked for. */
  @Test
  void required_onClosed_tells1006WhereASendFindsThatTheConnectionBroke() {
    start();
    RawWebSocket client = open();
    client.send("waits for demand, and reading with it");
    turns(3);
    client.reset();

    eventually(
        () -> {
          if (end().closes().isEmpty()) {
            send(end(), "is anybody there?");
          }
          return end().closes().equals(List.of(CloseStatus.ABNORMAL));
        });
  }

  @Test
  void required_onClosed_tells1006WhereTheStreamEndsWithoutAClose() {
    start().onOpen(end -> end.connection().demand(1));
    RawWebSocket client = open();
    client.halfClose();

    finish(client);
    eventually(() -> end().closes().equals(List.of(CloseStatus.ABNORMAL)));
  }

  @Test
  void required_onClosed_comesOnceHoweverAConnectionEnds() {
    start().onOpen(end -> end.connection().demand(1));
    for (int i = 1; i <= 30; i++) {
      RawWebSocket client = open();
      ServerEnd end = end(i);
      boolean reset = i % 2 == 0;
      var unused =
          end.connection()
              .loop()
              .execute(
                  () -> {
                    end.connection().send(sized(MEBIBYTE), Flush.TURN_END);
                    end.connection().close(STATUS, Pending.FLUSH);
                  });
      if (reset) {
        client.reset();
      } else {
        client.sendClose(1000, "");
        finish(client);
      }
    }

    assertThat(server().ends())
        .allSatisfy(end -> patiently().until(() -> end.closes().size() == 1));
  }

  @Test
  void required_listener_thatThrowsIsClosedWith1011() {
    start()
        .onOpen(
            end -> {
              end.connection().demand(2);
              end.onMessage(
                  (to, text) -> {
                    throw new IllegalStateException("a listener that throws, on purpose");
                  });
            });
    RawWebSocket client = open();
    client.send("boom");
    ServerFrame close = client.readUntilClose();

    assertThat(close.closeCode()).isEqualTo(1011);
    assertThat(close.closeReason()).isEqualTo("Internal error");
    client.sendClose(1011, "");
    finish(client);
    eventually(() -> end().closes().equals(List.of(CloseStatus.INTERNAL_ERROR)));
  }
}
