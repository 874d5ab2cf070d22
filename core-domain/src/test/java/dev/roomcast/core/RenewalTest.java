package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.testkit.transport.SimulatedClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The protocol's section 1.3.7. */
final class RenewalTest {
  private static final CloseStatus EXPIRED = new CloseStatus(4008, "Authentication expired");
  private static final CloseStatus FAILED = new CloseStatus(4003, "Authentication failed");

  /**
   * @param seconds until the expiry; 0 for none
   * @param pause that the authenticator makes, in milliseconds
   * @param fault {@code refuse}, {@code throw} or null
   */
  record Ticket(String user, String note, int seconds, int pause, String fault) {}

  @RegisterExtension final World world = new World();

  private Person admitted(int seconds) {
    world.start(builder -> builder.authenticator(Ticket.class, (ticket, request) -> check(ticket)));
    return world.connect().say(ticket("ann", "first", seconds, "")).admitted();
  }

  private Optional<Admission<String>> check(Ticket ticket) {
    if (ticket.pause() > 0) {
      world.time.hooks().pause(Duration.ofMillis(ticket.pause()));
    }
    if ("refuse".equals(ticket.fault())) {
      return Optional.empty();
    }
    if ("throw".equals(ticket.fault())) {
      throw new IllegalArgumentException("secret");
    }
    Instant expiry =
        ticket.seconds() == 0 ? null : world.time.instant().plusSeconds(ticket.seconds());
    return Optional.of(new Admission<>(ticket.user(), ticket.note(), expiry));
  }

  private static String ticket(String user, String note, int seconds, String more) {
    return "{'event':'authenticate','data':{'user':'%s','note':'%s','seconds':%d%s},'id':'r'}"
        .formatted(user, note, seconds, more);
  }

  @Test
  void replacesMetadataAndExpiryForTheSameUser() {
    Person ann = admitted(60);
    world.pass(Duration.ofSeconds(30));
    ann.say(ticket("ann", "second", 60, ""));

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'authenticated','data':{'userId':'ann',"
                + "'expiresAt':'2026-01-31T12:01:30.000Z'},'id':'r'}");
    var client = world.server().find(ann.id()).orElseThrow();
    assertThat(client.metadata()).isEqualTo("second");
    assertThat(client.expiresAt()).isEqualTo(Instant.parse("2026-01-31T12:01:30Z"));
    assertThat(world.count(Signal.CLIENT_ADMITTED)).isEqualTo(1);
  }

  @Test
  void closesAfterTheExpiryAndTheGraceThoughTheClientOnlyListens() {
    Person ann = admitted(10);

    world.pass(Duration.ofMillis(34_999));
    assertThat(ann.closed()).isEmpty();
    world.pass(Duration.ofMillis(1));
    assertThat(ann.closed()).contains(EXPIRED);
    assertThat(world.goodbyeTo(ann).cause())
        .isEqualTo(new Disconnection(4008, "Authentication expired", true));
  }

  @Test
  void countsTheNewExpiryFromTheRenewal() {
    Person ann = admitted(10);
    world.pass(Duration.ofSeconds(30));
    ann.say(ticket("ann", "second", 10, ""));

    world.pass(Duration.ofMillis(34_999));
    assertThat(ann.closed()).isEmpty();
    world.pass(Duration.ofMillis(1));
    assertThat(ann.closed()).contains(EXPIRED);
  }

  @Test
  void expiresWhileARenewalRuns() {
    Person ann = admitted(10);
    world.pass(Duration.ofSeconds(34));
    ann.say(ticket("ann", "second", 60, ",'pause':5000"));
    world.pass(Duration.ofSeconds(1));

    assertThat(ann.closed()).contains(EXPIRED);
    world.pass(Duration.ofSeconds(5));
    assertThat(ann.hears()).isEmpty();
  }

  @Test
  void endsAtOnceWhatWasExpiredOnArrivalWithoutGrace() {
    world.start(
        builder ->
            builder
                .options(options -> options.expiryGrace(Duration.ZERO))
                .authenticator(Ticket.class, (ticket, request) -> check(ticket)));
    Person ann = world.connect().say(ticket("ann", "first", -5, ""));
    world.pass(Duration.ofMillis(2));

    assertThat(ann.hears().getFirst()).startsWith("{'event':'connected'");
    assertThat(ann.closed()).contains(EXPIRED);
  }

  @Test
  void refusesAnotherUser() {
    Person ann = admitted(60).say("{'event':'authenticate','data':{'user':'bob','seconds':60}}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Authentication failed'}}");
    assertThat(ann.closed()).contains(FAILED);
    assertThat(world.goodbyeTo(ann).client().userId()).contains("ann");
    assertThat(world.server().users()).isEmpty();
  }

  @Test
  void refusesToBecomeAnonymous() {
    Person ann = admitted(60).say("{'event':'authenticate','data':{'seconds':60}}");

    assertThat(ann.closed()).contains(FAILED);
  }

  @Test
  void closesWhereTheRenewalIsRefused() {
    Person ann = admitted(60).say(ticket("ann", "second", 60, ",'fault':'refuse'"));

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Authentication failed'},'id':'r'}");
    assertThat(ann.closed()).contains(FAILED);
    assertThat(world.goodbyeTo(ann).cause().admitted()).isTrue();
  }

  @Test
  void closesWhereTheRenewalThrows() {
    Person ann = admitted(60).say(ticket("ann", "second", 60, ",'fault':'throw'"));

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Authentication error'},'id':'r'}");
    assertThat(ann.closed()).contains(FAILED);
  }

  @Test
  void closesWhereTheRenewalTakesTooLong() {
    Person ann = admitted(60).say(ticket("ann", "second", 60, ",'pause':20000"));
    world.pass(Duration.ofSeconds(15));

    assertThat(ann.closed()).contains(new CloseStatus(4001, "Authentication timeout"));
  }

  @Test
  void countsAsNotAuthenticatedUntilTheAuthenticatorReturnsWhereTheClientIsGone() {
    world.start(
        builder ->
            builder
                .options(options -> options.maxUnauthenticated(1))
                .authenticator(Ticket.class, (ticket, request) -> check(ticket)));
    Person ann = world.connect().say(ticket("ann", "first", 60, "")).admitted();
    ann.say(ticket("ann", "second", 60, ",'pause':20000"));
    world.pass(Duration.ofSeconds(15));
    assertThat(ann.closed()).isPresent();
    SimulatedClient next = world.transport.connect("/ws", Map.of());
    world.settle();
    assertThat(next.rejection()).isPresent();

    world.pass(Duration.ofSeconds(5));
    assertThat(world.connect().closed()).isEmpty();
  }

  @Test
  void goesOnDeliveringAndHandlingWhileARenewalRuns() {
    List<String> handled = new ArrayList<>();
    world.start(
        builder ->
            builder
                .authenticator(Ticket.class, (ticket, request) -> check(ticket))
                .onMessage(
                    (call, data) -> {
                      handled.add(call.client().metadata());
                      return null;
                    }));
    Person ann = world.connect().say(ticket("ann", "first", 60, "")).admitted();
    ann.say(ticket("ann", "second", 60, ",'pause':1000")).say("{'event':'chat'}");
    world.server().everyone().send("news");
    world.settle();
    assertThat(ann.hears()).containsExactly("{'event':'news'}");

    world.pass(Duration.ofSeconds(1));
    ann.say("{'event':'chat'}");
    assertThat(handled).containsExactly("first", "second");
  }

  @Test
  void allowsOneRenewalAtATime() {
    Person ann =
        admitted(60)
            .say(ticket("ann", "second", 60, ",'pause':1000"))
            .say("{'event':'authenticate','data':{},'id':'impatient'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Already authenticated'},'id':'impatient'}");
    world.pass(Duration.ofSeconds(1));
    assertThat(ann.hears()).hasSize(1).first().asString().startsWith("{'event':'authenticated'");
  }

  @Test
  void mayRenewAsOftenAsItLikes() {
    Person ann = admitted(60);
    for (int i = 0; i < 5; i++) {
      world.pass(Duration.ofSeconds(50));
      ann.say("{'event':'heartbeat'}").say(ticket("ann", "again", 60, ""));
    }

    assertThat(ann.closed()).isEmpty();
    assertThat(ann.hears()).hasSize(5);
  }

  @Test
  void isNotRenewableOnceItHasNoExpiryAnyMore() {
    Person ann = admitted(60).say(ticket("ann", "for good", 0, ""));
    assertThat(ann.hears())
        .containsExactly("{'event':'authenticated','data':{'userId':'ann'},'id':'r'}");

    ann.say(ticket("ann", "again", 60, ""));
    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Already authenticated'},'id':'r'}");
    for (int i = 0; i < 5; i++) {
      world.pass(Duration.ofSeconds(60));
      ann.say("{'event':'heartbeat'}");
    }
    assertThat(ann.closed()).isEmpty();
  }
}
