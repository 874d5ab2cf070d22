package dev.roomcast.core.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.options.LimitOptions;
import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MailboxTest {
  private final LimitOptions limits = new OptionsBuilder().mailbox(3, 10_000).build().limits();
  private final List<Mailbox.Work> begun = new ArrayList<>();
  private final Mailbox mailbox = new Mailbox(begun::add, limits);

  @Test
  void beginsTheNextOnlyWhenTheOneAtHandIsDone() {
    mailbox.offer(work("a", 0));
    mailbox.offer(work("b", 0));
    assertThat(begun).containsExactly(work("a", 0));

    mailbox.finished();
    assertThat(begun).containsExactly(work("a", 0), work("b", 0));
  }

  @Test
  void isFullWithSoManyMessagesThatWait() {
    mailbox.offer(work("at hand", 0));
    for (int i = 0; i < 2; i++) {
      mailbox.offer(work("waits", 0));
    }
    assertThat(mailbox.hasRoom()).isTrue();
    mailbox.offer(work("waits", 0));
    assertThat(mailbox.hasRoom()).isFalse();

    mailbox.finished();
    assertThat(mailbox.hasRoom()).isTrue();
  }

  @Test
  void isFullWithSoManyBytesThatWait() {
    mailbox.offer(work("at hand", 20_000));
    assertThat(mailbox.hasRoom()).isTrue();
    mailbox.offer(work("waits", 10_000));
    assertThat(mailbox.hasRoom()).isFalse();

    mailbox.finished();
    assertThat(mailbox.hasRoom()).isTrue();
  }

  @Test
  void countsTheNameOfAnEventToo() {
    mailbox.offer(work("at hand", 0));
    mailbox.offer(work("e".repeat(10_000), 0));

    assertThat(mailbox.hasRoom()).isFalse();
  }

  @Test
  void dropsWhatWaitsWhenItIsCleared() {
    mailbox.offer(work("at hand", 0));
    for (int i = 0; i < 3; i++) {
      mailbox.offer(work("waits", 0));
    }

    mailbox.clear();
    mailbox.finished();

    assertThat(begun).hasSize(1);
    assertThat(mailbox.hasRoom()).isTrue();
  }

  @Test
  void worksOffWhatFinishesAtOnceWithoutGrowingTheStack() {
    int many = 100_000;
    int[] count = new int[1];
    Mailbox[] self = new Mailbox[1];
    self[0] =
        new Mailbox(
            work -> {
              count[0]++;
              if (count[0] < many) {
                self[0].offer(work);
              }
              self[0].finished();
            },
            limits);

    self[0].offer(work("again", 0));

    assertThat(count[0]).isEqualTo(many);
  }

  private static Mailbox.Work work(String event, int bytes) {
    String text = bytes == 0 ? "1" : "\"" + "x".repeat(bytes - 2) + "\"";
    return new Mailbox.Work.Handle(
        new Envelope(event, Json.trusted(text.getBytes(StandardCharsets.UTF_8)), null));
  }
}
