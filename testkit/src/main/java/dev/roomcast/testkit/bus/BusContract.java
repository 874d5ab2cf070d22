package dev.roomcast.testkit.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Bus} must do; each test bears the rule of the port that it checks. An adapter's
 * own test extends this class and says how to make a bus. Here stand subscriptions and the end, P06
 * and P07; the other rules stand in the class above.
 *
 * <p>That something is <em>not</em> heard is checked by a later message: once that one is there,
 * P02 says that the other never comes.
 */
public abstract class BusContract extends BusDeliveryContract {

  /** For subclasses. */
  protected BusContract() {}

  @Test
  void required_P06_hearsWhatIsPublishedOnceSubscribed() {
    Bus publisher = start(listener());
    HeardMessages heard = listener();
    Bus subscriber = start(heard);
    List<String> expected = numbers(50);
    for (String text : expected) {
      join(subscriber.subscribe(channel(text)));
      publish(publisher, text, text);
    }

    heard.awaitText(expected.getLast());
    assertThat(heard.texts()).isEqualTo(expected);
  }

  @Test
  void required_P06_hearsNothingOnceUnsubscribed() {
    Bus publisher = start(listener());
    HeardMessages heard = listener();
    Bus subscriber = start(heard);
    join(subscriber.subscribe(channel("end")));
    for (BusSubscription gone : List.of(channel("a"), prefix("a"))) {
      join(subscriber.subscribe(gone));
      join(subscriber.unsubscribe(gone));
      join(subscriber.unsubscribe(gone));
    }
    publish(publisher, "a", "unheard");
    publish(publisher, "end", "end");

    heard.awaitText("end");
    assertThat(heard.texts()).containsExactly("end");
  }

  @Test
  void required_P06_takesCallsForOneSubscriptionInTheirOrder() {
    HeardMessages heard = listener();
    Bus bus = start(heard);
    List<CompletionStage<Void>> stages = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      stages.add(bus.subscribe(channel("in")));
      stages.add(bus.unsubscribe(channel("in")));
      stages.add(bus.unsubscribe(channel("out")));
      stages.add(bus.subscribe(channel("out")));
    }
    stages.add(bus.subscribe(channel("end")));
    stages.forEach(this::join);
    publish(bus, "in", "unheard");
    publish(bus, "out", "heard");
    publish(bus, "end", "end");

    heard.awaitText("end");
    assertThat(heard.texts()).containsExactly("heard", "end");
  }

  @Test
  void required_P06_takesAPrefixLiterally() {
    HeardMessages heard = listener();
    Bus bus = start(heard);
    join(bus.subscribe(prefix("a?[b]*\\")));
    join(bus.subscribe(channel("*")));
    publish(bus, "axb", "as a pattern");
    publish(bus, "axbc\\", "as a pattern");
    publish(bus, "a?[b]*\\c", "literally");
    publish(bus, "*", "end");

    heard.awaitText("end");
    assertThat(heard.texts()).containsExactly("literally", "end");
  }

  @Test
  void required_P06_hearsAgainOnceResubscribed() {
    HeardMessages heard = listener();
    Bus bus = start(heard);
    join(bus.subscribe(channel("a")));
    join(bus.subscribe(prefix("room:")));
    join(bus.resubscribe());
    publish(bus, "a", "one");
    publish(bus, "room:1", "two");

    heard.awaitText("two");
    assertThat(heard.texts()).containsExactly("one", "two");
  }

  private void awaitConnections(HeardMessages heard, List<Boolean> told) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(patience())
        .until(() -> heard.connections().equals(told));
  }

  @Test
  void optional_P06_hearsAgainAfterALostConnection() {
    HeardMessages heard = listener();
    Bus bus = start(heard);
    Bus publisher = start(listener());
    join(bus.subscribe(prefix("room:")));
    assumeTrue(disconnect(bus), "cannot disconnect");
    awaitConnections(heard, List.of(false));
    reconnect(bus);
    awaitConnections(heard, List.of(false, true));
    publish(publisher, "room:1", "back");

    heard.awaitText("back");
  }

  @Test
  void optional_P06_confirmsAgainOnlyOnceItHearsAgain() {
    HeardMessages heard = listener();
    Bus bus = start(heard);
    Bus publisher = start(listener());
    join(bus.subscribe(prefix("room:")));
    assumeTrue(disconnect(bus), "cannot disconnect");
    awaitConnections(heard, List.of(false));
    CompletionStage<Long> published =
        bus.subscribe(prefix("room:")).thenCompose(done -> publish(publisher, "room:1", "back"));
    // Time enough for who confirms too early; the publisher may be disconnected, too.
    await().pollDelay(Duration.ofMillis(100)).until(() -> true);
    reconnect(bus);
    join(published);

    heard.awaitText("back");
  }

  @Test
  void required_P07_callsNobodyOnceClosed() {
    HeardMessages closedOne = listener();
    HeardMessages other = listener();
    Bus bus = start(closedOne);
    Bus witness = start(other);
    join(bus.subscribe(channel("a")));
    join(witness.subscribe(channel("a")));
    numbers(500).forEach(n -> publish(witness, "a", n));
    bus.close();
    int heardWhenClosed = closedOne.texts().size();
    publish(witness, "a", "end");

    other.awaitText("end");
    assertThat(closedOne.texts()).hasSize(heardWhenClosed);
  }

  @Test
  void required_P07_leavesNoStageOpen() {
    Bus bus = start(listener());
    List<CompletionStage<?>> stages = new ArrayList<>();
    for (String text : numbers(200)) {
      stages.add(publish(bus, "a", text));
      stages.add(bus.subscribe(channel(text)));
    }
    bus.close();

    assertThat(stages).allMatch(stage -> stage.toCompletableFuture().isDone());
  }
}
