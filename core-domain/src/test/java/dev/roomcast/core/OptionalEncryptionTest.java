package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roomcast.port.codec.Json;
import dev.roomcast.testkit.cipher.FakeEncryption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encryption that a client switches on by a handshake. */
final class OptionalEncryptionTest extends EncryptionFixture {
  @Test
  void switchesOnByAHandshakeThatIsAnsweredInTheClear() {
    startOptional();
    Person ann = world.login("ann");
    world.server().everyone().send("before");
    ann.say("{'event':'handshake','data':{'publicKey':'key-ann'},'id':'h'}");
    world.server().everyone().send("after");
    world.settle();

    List<String> heard = ann.hears();
    assertThat(heard).hasSize(3);
    assertThat(heard.get(0)).isEqualTo("{'event':'before'}");
    assertThat(heard.get(1))
        .isEqualTo(
            "{'event':'handshake-complete','data':{'serverPublicKey':'key-server',"
                + "'salt':'salt-1'},'id':'h'}");
    assertThat(cipherFrom(heard.get(1)).openEnvelope(Person.json(heard.get(2))))
        .isEqualTo(Person.json("{'event':'after'}"));
    assertThat(world.server().find(ann.id()).orElseThrow().encrypted()).isTrue();
  }

  @Test
  void handlesWhatFollowsAHandshake() {
    startOptional();
    Sealed ann = handshake(world.login("ann"));
    ann.say("{'event':'chat','data':1}");

    assertThat(handled).containsExactly("chat1");
    assertThat(ann.hears()).containsExactly("{'event':'chat','data':1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",'data':null", ",'data':{}", ",'data':{'publicKey':'bad'}", ",'data':7"})
  void answersAHandshakeThatFailsAndStaysPlain(String data) {
    startOptional();
    Person ann = world.login("ann").say("{'event':'handshake'" + data + ",'id':'h'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Encryption handshake failed'},'id':'h'}");
    assertThat(ann.closed()).isEmpty();
    assertThat(world.server().find(ann.id()).orElseThrow().encrypted()).isFalse();
  }

  @Test
  void cannotShareTheHandshakeWithAHandlerOfTheApplication() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                world
                    .builder()
                    .encryption(new FakeEncryption(false))
                    .on("handshake", Json.class, (call, data) -> {})
                    .build())
        .withMessageContaining("handshake");
  }

  @Test
  void leavesTheHandshakeToTheApplicationWithoutTheBuiltInEncryption() {
    List<String> asked = new ArrayList<>();
    world.start(
        builder -> builder.on("handshake", Json.class, (call, data) -> asked.add(data.toString())));
    world.login("ann").say("{'event':'handshake','data':1}");

    assertThat(asked).containsExactly("1");
  }

  @Test
  void refusesAHandshakeThatNobodyTakes() {
    world.start(builder -> {});
    Person ann = world.login("ann").say("{'event':'handshake','data':{'publicKey':'k'},'id':'h'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Encryption handshake failed'},'id':'h'}");
    assertThat(ann.say("{'event':'handshake'}").hears()).isEmpty();
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void refusesASecondHandshake() {
    startOptional();
    Sealed ann = handshake(world.login("ann"));
    ann.say("{'event':'handshake','data':{'publicKey':'key-ann'}}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Encryption handshake failed'}}");
  }

  @Test
  void deliversToPlainAndEncryptedClientsAlike() {
    startOptional();
    Person plain = world.loginOn(0, "plain");
    Sealed sealed = handshake(world.loginOn(0, "sealed"));
    for (int i = 0; i < 20; i++) {
      world.server().room("ws-default").send("m", i);
    }
    world.settle();

    assertThat(plain.hears()).hasSize(20).isEqualTo(sealed.hears());
  }
}
