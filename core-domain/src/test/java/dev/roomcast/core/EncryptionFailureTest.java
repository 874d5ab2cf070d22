package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.cipher.SessionCipher;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.testkit.cipher.FakeEncryption;
import java.nio.charset.StandardCharsets;
import java.security.ProviderException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ciphers that fail: nothing goes out in the clear, and nobody else is harmed. */
final class EncryptionFailureTest extends EncryptionFixture {
  @Test
  void closesWhereAMessageCannotBeEncryptedAndNeverSendsItInTheClear() {
    start(new FakeEncryption(true, /* maxMessages= */ 3), options -> {});
    Sealed ann = login();
    for (int i = 0; i < 5; i++) {
      world.server().everyone().send("m", i);
    }
    world.settle();

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'m','data':0}", "{'event':'m','data':1}", "{'event':'m','data':2}");
    assertThat(ann.person().closed()).contains(REQUIRED);
    assertThat(world.goodbyeTo(ann.person()).cause())
        .isEqualTo(new Disconnection(4004, "Encryption required", true));
    assertThat(world.count(Signal.MESSAGE_DROPPED_UNENCRYPTED)).isEqualTo(1);
  }

  @Test
  void reportsWhatCouldNotBeEncrypted() {
    start(new FakeEncryption(true, /* maxMessages= */ 0), options -> {});
    Sealed ann = login();
    var report = world.await(world.server().client(ann.person().id()).send("m").report());

    assertThat(report.queued()).isZero();
    assertThat(report.dropped()).isEqualTo(1);
  }

  /** A key agreement whose ciphers are faulty in ways that the port does not foresee. */
  private record Faulty(SessionCipher healthy, String clientId) implements SessionCipher {
    static Encryption forClient(int number) {
      Encryption sound = new FakeEncryption(true);
      return new Encryption() {
        private int agreed;

        @Override
        public KeyAgreement agree(String clientId, String clientPublicKey) {
          KeyAgreement agreement = sound.agree(clientId, clientPublicKey);
          return agreed++ == number
              ? new KeyAgreement(
                  agreement.serverPublicKey(),
                  agreement.salt(),
                  null,
                  new Faulty(agreement.cipher(), clientId))
              : agreement;
        }

        @Override
        public boolean enforced() {
          return true;
        }
      };
    }

    @Override
    public byte[] seal(byte[] envelope) {
      if (new String(envelope, StandardCharsets.UTF_8).contains("poison")) {
        throw new ProviderException("the device is gone");
      }
      return healthy.seal(envelope);
    }

    @Override
    public byte[] open(String iv, String ct) {
      throw new ProviderException("the device is gone");
    }
  }

  @Test
  void harmsNobodyElseWhereACipherThrowsWhatItMayNot() {
    start(Faulty.forClient(1), options -> {});
    List<Sealed> three = List.of(loginOn(0), loginOn(0), loginOn(0));
    world.server().everyone().send("m", "before");
    world.server().everyone().send("m", "poison");
    world.server().everyone().send("m", "after");
    world.settle();

    for (Sealed healthy : List.of(three.get(0), three.get(2))) {
      assertThat(healthy.hears())
          .containsExactly(
              "{'event':'m','data':'before'}",
              "{'event':'m','data':'poison'}",
              "{'event':'m','data':'after'}");
      assertThat(healthy.person().closed()).isEmpty();
    }
    assertThat(three.get(1).hears()).containsExactly("{'event':'m','data':'before'}");
    assertThat(three.get(1).person().closed()).contains(REQUIRED);
    assertThat(world.count(Signal.MESSAGE_DROPPED_UNENCRYPTED)).isEqualTo(1);
    assertThat(world.takeErrors()).isEmpty();
  }

  @Test
  void answersWhereACipherThrowsWhatItMayNot() {
    start(Faulty.forClient(0), options -> {});
    Sealed ann = loginOn(0);
    ann.say("{'event':'chat'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Decryption failed'}}");
    assertThat(ann.person().closed()).isEmpty();
    assertThat(world.count(Signal.MESSAGE_UNDECIPHERABLE)).isEqualTo(1);
  }
}
