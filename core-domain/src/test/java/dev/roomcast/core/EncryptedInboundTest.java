package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.observation.Signal;
import dev.roomcast.testkit.cipher.FakeEncryption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send encrypted, or in the clear although they could encrypt. */
final class EncryptedInboundTest extends EncryptionFixture {
  @Test
  void handlesWhatComesEncryptedAsIfItHadComeInTheClear() {
    startRequired();
    Sealed ann = login();
    ann.say("{'event':'chat','data':[1,2]}")
        .say("{'event':'heartbeat'}")
        .say("{'event':'x','id':'7'}");

    assertThat(handled).containsExactly("chat[1,2]", "xnull");
    assertThat(ann.hears())
        .containsExactly("{'event':'chat','data':[1,2]}", "{'event':'x','data':null,'id':'7'}");
  }

  @Test
  void acceptsPlaintextByDefault() {
    startRequired();
    Sealed ann = login();
    ann.person().say("{'event':'chat','data':1}");

    assertThat(handled).containsExactly("chat1");
    assertThat(ann.hears()).containsExactly("{'event':'chat','data':1}");
  }

  @Test
  void refusesPlaintextByOption() {
    start(new FakeEncryption(true), options -> options.acceptPlaintext(false));
    Sealed ann = login();
    ann.person().say("{'event':'chat','id':'7'}").say("{'event':'heartbeat'}");

    assertThat(handled).isEmpty();
    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Decryption failed'},'id':'7'}");
    assertThat(world.count(Signal.MESSAGE_REFUSED)).isEqualTo(1);
    ann.say("{'event':'chat'}");
    assertThat(handled).containsExactly("chatnull");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'data':null",
        ",'data':5",
        ",'data':[]",
        ",'data':{}",
        ",'data':{'iv':'AgAAAAAAAAAAAAAB'}",
        ",'data':{'iv':5,'ct':6}",
        ",'data':{'iv':'','ct':''}",
        ",'data':{'iv':'%%%','ct':'%%%'}",
        ",'data':{'iv':'AgAAAAAAAAAAAAAB','ct':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}"
      })
  void answersWhatDoesNotDecrypt(String data) {
    startRequired();
    Sealed ann = login();
    ann.person().say("{'event':'encrypted'" + data + ",'id':'7'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Decryption failed'},'id':'7'}");
    assertThat(ann.person().closed()).isEmpty();
    assertThat(world.count(Signal.MESSAGE_UNDECIPHERABLE)).isEqualTo(1);
    ann.say("{'event':'chat'}");
    assertThat(handled).containsExactly("chatnull");
  }

  @Test
  void answersWhatNeedNotBind() {
    startRequired();
    Sealed ann = login();
    ann.person().say("{'event':'encrypted','data':{'iv':" + "9".repeat(2_000) + ",'ct':''}}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Decryption failed'}}");
    assertThat(ann.person().closed()).isEmpty();
  }

  @Test
  void answersAPlaintextThatIsNoEnvelope() {
    startRequired();
    Sealed ann = login();
    ann.say("{'id':'9'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Invalid message format'},'id':'9'}");
    assertThat(world.count(Signal.MESSAGE_MALFORMED)).isEqualTo(1);
  }

  @Test
  void takesEncryptedWithinEncryptedForAnEventLikeAnyOther() {
    startRequired();
    Sealed ann = login();
    ann.say("{'event':'encrypted','data':{'iv':'x'}}");

    assertThat(handled).containsExactly(Person.json("encrypted{'iv':'x'}"));
  }

  @Test
  void takesEncryptedForAnEventLikeAnyOtherWhereItIsOff() {
    startOptional();
    world.login("ann").say("{'event':'encrypted','data':{'iv':'x'}}");

    assertThat(handled).containsExactly(Person.json("encrypted{'iv':'x'}"));
  }
}
