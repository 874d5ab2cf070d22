package dev.roomcast.testkit.cipher;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.cipher.SessionCipher;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ciphers that break one rule each, and the contract that must notice. */
final class WrongCiphersTest {

  @Test
  void noticesThatAnyKeyWillDo() {
    assertCaught(TakesAnyKey.class, "agreement");
  }

  @Test
  void noticesOneKeyForAll() {
    assertCaught(SharesOneKey.class, "agreement");
  }

  @Test
  void noticesARepeatedIv() {
    assertCaught(RepeatsItself.class, "S01");
  }

  @Test
  void noticesThatAKeyLastsForever() {
    assertCaught(NeverUsedUp.class, "S01");
  }

  @Test
  void noticesPlaintext() {
    assertCaught(HidesNothing.class, "S01");
  }

  @Test
  void noticesThatReplaysOpen() {
    assertCaught(OpensAgain.class, "S02");
  }

  @Test
  void noticesThatReflectionsOpen() {
    assertCaught(OpensItsOwn.class, "S02");
  }

  @Test
  void noticesThatForgeriesOpen() {
    assertCaught(OpensAnything.class, "S02");
  }

  @Test
  void noticesAnotherException() {
    assertCaught(ThrowsSomethingElse.class, "S02");
  }

  @Test
  void noticesThatAFailureSticks() {
    assertCaught(NeverForgives.class, "S03");
  }

  /** Passes everything on; subclasses break one thing. */
  static class Passing implements SessionCipher {
    final SessionCipher right;

    Passing(SessionCipher right) {
      this.right = right;
    }

    @Override
    public byte[] seal(byte[] envelope) {
      return right.seal(envelope);
    }

    @Override
    public byte[] open(String iv, String ct) {
      return right.open(iv, ct);
    }
  }

  /** The contract on a server whose cipher is wrong. */
  abstract static class Suite extends EncryptionContract {
    private final AtomicInteger clients = new AtomicInteger();

    SessionCipher wrong(SessionCipher right) {
      return right;
    }

    Encryption wrong(Encryption right) {
      return (clientId, key) -> {
        KeyAgreement agreed = right.agree(clientId, key);
        return new KeyAgreement(
            agreed.serverPublicKey(), agreed.salt(), null, wrong(agreed.cipher()));
      };
    }

    @Override
    protected Encryption newEncryption() {
      return wrong(new FakeEncryption(true));
    }

    @Override
    protected Optional<Encryption> encryptionForThreeMessages() {
      return Optional.of(wrong(new FakeEncryption(true, 3)));
    }

    @Override
    protected EncryptionClient newClient() {
      return new FakeClient("key-" + clients.incrementAndGet());
    }
  }

  static final class TakesAnyKey extends Suite {
    @Override
    Encryption wrong(Encryption right) {
      return (clientId, key) -> right.agree(clientId, key.startsWith("key-") ? key : "key-none");
    }
  }

  static final class SharesOneKey extends Suite {
    @Override
    protected Encryption newEncryption() {
      // The salt that would make them differ is always the first one.
      return (clientId, key) -> new FakeEncryption(true).agree(clientId, key);
    }
  }

  static final class RepeatsItself extends Suite {
    @Override
    SessionCipher wrong(SessionCipher right) {
      Map<ByteBuffer, byte[]> sealed = new HashMap<>();
      return new Passing(right) {
        @Override
        public byte[] seal(byte[] envelope) {
          return sealed.computeIfAbsent(ByteBuffer.wrap(envelope), plain -> super.seal(envelope));
        }
      };
    }
  }

  static final class NeverUsedUp extends Suite {
    @Override
    protected Optional<Encryption> encryptionForThreeMessages() {
      return Optional.of(new FakeEncryption(true));
    }
  }

  static final class HidesNothing extends Suite {
    @Override
    SessionCipher wrong(SessionCipher right) {
      return new Passing(right) {
        @Override
        public byte[] seal(byte[] envelope) {
          return envelope;
        }
      };
    }
  }

  static final class OpensAgain extends Suite {
    @Override
    SessionCipher wrong(SessionCipher right) {
      Map<String, byte[]> opened = new HashMap<>();
      return new Passing(right) {
        @Override
        public byte[] open(String iv, String ct) {
          return opened.computeIfAbsent(iv + ct, both -> super.open(iv, ct));
        }
      };
    }
  }

  static final class OpensItsOwn extends Suite {
    @Override
    SessionCipher wrong(SessionCipher right) {
      Map<SealedEnvelope, byte[]> own = new HashMap<>();
      return new Passing(right) {
        @Override
        public byte[] seal(byte[] envelope) {
          byte[] sealed = super.seal(envelope);
          own.put(SealedEnvelope.of(sealed), envelope);
          return sealed;
        }

        @Override
        public byte[] open(String iv, String ct) {
          byte[] reflected = own.get(new SealedEnvelope(iv, ct));
          return reflected != null ? reflected : super.open(iv, ct);
        }
      };
    }
  }

  static final class OpensAnything extends Suite {
    @Override
    SessionCipher wrong(SessionCipher right) {
      return new Passing(right) {
        @Override
        public byte[] open(String iv, String ct) {
          try {
            return super.open(iv, ct);
          } catch (CipherException notAuthentic) {
            return new byte[0];
          }
        }
      };
    }
  }

  static final class ThrowsSomethingElse extends Suite {
    @Override
    SessionCipher wrong(SessionCipher right) {
      return new Passing(right) {
        @Override
        public byte[] open(String iv, String ct) {
          try {
            return super.open(iv, ct);
          } catch (CipherException refused) {
            throw new IllegalArgumentException(refused);
          }
        }
      };
    }
  }

  static final class NeverForgives extends Suite {
    @Override
    SessionCipher wrong(SessionCipher right) {
      return new Passing(right) {
        private boolean failed;

        @Override
        public byte[] open(String iv, String ct) {
          if (failed) {
            throw new CipherException("failed before", null);
          }
          try {
            return super.open(iv, ct);
          } catch (CipherException refused) {
            failed = true;
            throw refused;
          }
        }
      };
    }
  }
}
