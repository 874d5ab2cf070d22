package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.port.transport.CloseStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The protocol's section 1.5. */
final class HeartbeatTest {
  private static final CloseStatus SILENT = new CloseStatus(4002, "Heartbeat timeout");

  @RegisterExtension final World world = new World();

  @Test
  void closesWhoIsSilentForLongerThanTheTimeOut() {
    world.start();
    Person ann = world.login("ann");

    world.pass(Duration.ofSeconds(119));
    assertThat(ann.closed()).isEmpty();
    world.pass(Duration.ofSeconds(2));
    assertThat(ann.closed()).contains(SILENT);
    assertThat(world.goodbyeTo(ann).cause())
        .isEqualTo(new Disconnection(4002, "Heartbeat timeout", true));
  }

  @Test
  void sparesWhoSendsAHeartbeat() {
    world.start();
    Person ann = world.login("ann");
    for (int i = 0; i < 20; i++) {
      world.pass(Duration.ofSeconds(30));
      ann.say("{'event':'heartbeat','id':'x'}");
    }

    assertThat(ann.closed()).isEmpty();
    assertThat(ann.hears()).isEmpty();
  }

  @Test
  void takesAnythingForASignOfLife() {
    world.start();
    Person ann = world.login("ann");
    for (String text : new String[] {"nonsense", "{}", "{'event':'x'}", "{'event':'leave'}"}) {
      world.pass(Duration.ofSeconds(80));
      ann.say(text);
    }

    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void takesWhatTheServerSendsForNoSignOfLife() {
    world.start();
    Person ann = world.login("ann");
    for (int i = 0; i < 13; i++) {
      world.pass(Duration.ofSeconds(10));
      world.server().everyone().send("news");
    }
    world.settle();

    assertThat(ann.closed()).contains(SILENT);
  }

  @Test
  void remembersTheLastActivity() {
    world.start();
    Person ann = world.login("ann");
    world.pass(Duration.ofSeconds(10));
    ann.say("{'event':'heartbeat'}");
    world.pass(Duration.ofSeconds(10));

    var client = world.server().find(ann.id()).orElseThrow();
    assertThat(client.connectedAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
    assertThat(client.lastActivity()).isEqualTo(Instant.parse("2026-01-31T12:00:10Z"));
  }

  @Test
  void doesNotTakeAClientForSilentThatItDoesNotListenTo() {
    world.start(
        builder ->
            builder
                .options(options -> options.mailbox(1, 1_000))
                .onMessage(
                    (call, json) -> {
                      world.time.hooks().pause(Duration.ofMinutes(10));
                      return null;
                    }));
    Person ann = world.login("ann").say("{'event':'a'}").say("{'event':'b'}");
    world.pass(Duration.ofMinutes(10));
    assertThat(ann.closed()).isEmpty();

    world.pass(Duration.ofSeconds(60));
    assertThat(ann.closed()).isEmpty();
    world.pass(Duration.ofSeconds(61));
    assertThat(ann.closed()).contains(SILENT);
  }

  @Test
  void sweepsEachLoopAndSparesOthers() {
    world.start();
    Person silent = world.loginOn(0, "a");
    Person alsoSilent = world.loginOn(1, "b");
    Person chatty = world.loginOn(0, "c");
    for (int i = 0; i < 4; i++) {
      world.pass(Duration.ofSeconds(31));
      chatty.say("{'event':'heartbeat'}");
    }

    assertThat(silent.closed()).contains(SILENT);
    assertThat(alsoSilent.closed()).contains(SILENT);
    assertThat(chatty.closed()).isEmpty();
  }

  @Test
  void sweepsAsOftenAsConfigured() {
    world.start(
        builder ->
            builder.options(
                options ->
                    options
                        .heartbeatInterval(Duration.ofSeconds(1))
                        .heartbeatTimeout(Duration.ofSeconds(3))));
    Person ann = world.login("ann");

    world.pass(Duration.ofSeconds(3));
    assertThat(ann.closed()).isEmpty();
    world.pass(Duration.ofSeconds(1));
    assertThat(ann.closed()).contains(SILENT);
  }
}
