package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.testkit.cipher.FakeEncryption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that must encrypt, and those that cannot. */
final class RequiredEncryptionTest extends EncryptionFixture {
  @Test
  void tellsTheKeyInTheClearAndEncryptsFromThenOn() {
    startRequired();
    Person ann =
        world.connect().say("{'event':'authenticate','data':{'user':'ann','publicKey':'key-ann'}}");
    world.server().everyone().send("news", 1);
    world.settle();

    List<String> heard = ann.hears();
    assertThat(heard.getFirst())
        .isEqualTo(
            "{'event':'connected','data':{'id':'00000000-0000-4000-8000-000000000002',"
                + "'userId':'ann','time':'2026-01-31T12:00:00.000Z',"
                + "'serverPublicKey':'key-server','salt':'salt-1'}}");
    assertThat(heard.get(1))
        .startsWith("{'event':'encrypted','data':{'iv':'")
        .doesNotContain("news");
    assertThat(cipherFrom(heard.getFirst()).openEnvelope(Person.json(heard.get(1))))
        .isEqualTo(Person.json("{'event':'news','data':1}"));
    var client = world.server().find("00000000-0000-4000-8000-000000000002").orElseThrow();
    assertThat(client.encrypted()).isTrue();
    assertThat(client.serverPublicKey()).isEqualTo("key-server");
    assertThat(client.salt()).isEqualTo("salt-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'publicKey':'bad'",
        ",'publicKey':''",
        ",'publicKey':5",
        ",'publicKey':null"
      })
  void refusesWhoHasNoAcceptableKey(String key) {
    startRequired();
    Person ann =
        world.connect().say("{'event':'authenticate','data':{'user':'ann'" + key + "},'id':'x'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Encryption handshake failed'},'id':'x'}");
    assertThat(ann.closed()).contains(REQUIRED);
    assertThat(world.goodbyes.getFirst().cause())
        .isEqualTo(new Disconnection(4004, "Encryption required", false));
    assertThat(world.count(Signal.AUTHENTICATION_FAILED)).isEqualTo(1);
    assertThat(world.count(Signal.HOOK_FAILED)).isZero();
    assertThat(world.server().users()).isEmpty();
  }

  @Test
  void asksForTheKeyOnlyWhereTheAuthenticatorAccepts() {
    startRequired();
    Person bob =
        world.connect().say("{'event':'authenticate','data':{'user':'bob','token':'bad'}}");

    assertThat(bob.closed()).contains(new CloseStatus(4003, "Authentication failed"));
  }

  @Test
  void closesEverybodyWhereEncryptionIsRequiredAndNotConfigured() {
    world.start(builder -> builder.options(options -> options.requireEncryption(true)));
    assertThat(world.takeErrors()).hasSize(1).first().asString().contains("closed with 4004");
    Person ann =
        world.connect().say("{'event':'authenticate','data':{'user':'ann','publicKey':'key-ann'}}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Encryption handshake failed'}}");
    assertThat(ann.closed()).contains(REQUIRED);
  }

  @Test
  void requiresEncryptionByOptionToo() {
    start(new FakeEncryption(false), options -> options.requireEncryption(true));
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");

    assertThat(ann.closed()).contains(REQUIRED);
  }

  /** What is encrypted does not shrink, and its length would tell of what it says. */
  @Test
  void refusesToCompressWhereEverybodyMustEncrypt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> start(new FakeEncryption(true), options -> options.compression(true)))
        .withMessageContaining("compression is on and every client must encrypt");
  }

  @Test
  void givesUpAKeyAgreementThatHangs() {
    Encryption sound = new FakeEncryption(true);
    start(
        new Encryption() {
          @Override
          public KeyAgreement agree(String clientId, String clientPublicKey) {
            world.time.hooks().pause(Duration.ofMinutes(1));
            return sound.agree(clientId, clientPublicKey);
          }

          @Override
          public boolean enforced() {
            return true;
          }
        },
        options -> {});
    Person ann =
        world.connect().say("{'event':'authenticate','data':{'user':'ann','publicKey':'key-ann'}}");
    world.server().everyone().send("secret");
    world.pass(Duration.ofMillis(14_999));
    assertThat(ann.closed()).isEmpty();
    world.pass(Duration.ofMillis(1));
    assertThat(ann.closed()).contains(new CloseStatus(4001, "Authentication timeout"));
    world.pass(Duration.ofMinutes(2));

    assertThat(ann.hears()).isEmpty();
    assertThat(world.server().users()).isEmpty();
    assertThat(world.goodbyes.getFirst().cause().admitted()).isFalse();
  }
}
