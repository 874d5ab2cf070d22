package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roomcast.core.hook.EncryptionHandshake;
import dev.roomcast.core.hook.KeyExchange;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.testkit.cipher.FakeEncryption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The application's own key exchange. */
final class KeyExchangeTest extends TransformerFixture {
  private void startRequired(EncryptionHandshake handshake) {
    start(
        AT_ONCE,
        builder ->
            builder.options(options -> options.requireEncryption(true)).handshake(handshake));
  }

  @Test
  void exchangesKeysByTheApplicationWhereEncryptionIsRequired() {
    List<String> exchanged = new ArrayList<>();
    startRequired(
        (request, userId, data) -> {
          exchanged.add(request.clientId() + " " + userId + " " + data);
          return Optional.of(new KeyExchange("server's", "salted"));
        });
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann','k':1}}");
    world.server().everyone().send("news");
    world.settle();

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'connected','data':{'id':'00000000-0000-4000-8000-000000000002',"
                + "'userId':'ann','time':'2026-01-31T12:00:00.000Z',"
                + "'serverPublicKey':'server's','salt':'salted'}}",
            "{'event':'hidden','data':'news null'}");
    assertThat(exchanged)
        .containsExactly(
            "00000000-0000-4000-8000-000000000002 ann " + Person.json("{'user':'ann','k':1}"));
  }

  @Test
  void refusesWhereTheApplicationsExchangeRefusesOrThrows() {
    startRequired(
        (request, userId, data) -> {
          if (userId == null) {
            throw new IllegalStateException("secret");
          }
          return Optional.empty();
        });
    for (String data : List.of("{'user':'ann'}", "{}")) {
      Person person = world.connect().say("{'event':'authenticate','data':" + data + "}");

      assertThat(person.hears())
          .containsExactly("{'event':'error','data':{'message':'Encryption handshake failed'}}");
      assertThat(person.closed()).contains(REQUIRED);
    }
    assertThat(world.count(Signal.HOOK_FAILED)).isEqualTo(1);
  }

  @Test
  void needsATransformerForTheApplicationsExchange() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> world.builder().handshake((request, user, data) -> Optional.empty()).build())
        .withMessageContaining("outboundTransformer");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                world
                    .builder()
                    .encryption(new FakeEncryption(false))
                    .outboundTransformer(AT_ONCE)
                    .handshake((request, user, data) -> Optional.empty())
                    .build())
        .withMessageContaining("expected one");
  }

  @Test
  void givesUpAnExchangeThatHangs() {
    startRequired(
        (request, userId, data) -> {
          world.time.hooks().pause(Duration.ofMinutes(1));
          return Optional.of(new KeyExchange("late", "late"));
        });
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");
    world.server().everyone().send("secret");
    world.pass(Duration.ofSeconds(15));

    assertThat(ann.closed()).contains(new CloseStatus(4001, "Authentication timeout"));
    world.pass(Duration.ofMinutes(2));
    assertThat(ann.hears()).isEmpty();
    assertThat(world.goodbyes.getFirst().cause().admitted()).isFalse();
  }
}
