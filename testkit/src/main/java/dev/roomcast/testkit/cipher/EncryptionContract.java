package dev.roomcast.testkit.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.cipher.SessionCipher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Encryption} and {@link SessionCipher} must do; each test bears the rule of the
 * port that it checks. An implementation's own test extends this class and brings a client that was
 * written apart from it.
 */
public abstract class EncryptionContract {
  private static final String PLAIN = "{\"event\":\"said\",\"data\":\"plaintext é€😀\"}";

  /** Both ends of one session. */
  private record Session(SessionCipher server, SessionCipher client) {

    SealedEnvelope fromClient(String text) {
      return SealedEnvelope.of(client.seal(utf8(text)));
    }

    SealedEnvelope fromServer(String text) {
      return SealedEnvelope.of(server.seal(utf8(text)));
    }
  }

  /** For subclasses. */
  protected EncryptionContract() {}

  /** An encryption as a server has it. */
  protected abstract Encryption newEncryption();

  /** A client with a key of its own. */
  protected abstract EncryptionClient newClient();

  /** An encryption whose keys are used up after three messages from the server. */
  protected Optional<Encryption> encryptionForThreeMessages() {
    return Optional.empty();
  }

  @Test
  void required_agreement_letsEachSideOpenWhatTheOtherSealed() {
    Session session = newSession();
    for (String text : List.of(PLAIN, "", "{}", "x".repeat(200_000), PLAIN)) {
      assertThat(open(session.server(), session.fromClient(text))).isEqualTo(text);
      assertThat(open(session.client(), session.fromServer(text))).isEqualTo(text);
    }
  }

  @Test
  void required_agreement_refusesWhatIsNoKey() {
    Encryption encryption = newEncryption();
    List<String> keys =
        List.of(
            "",
            " ",
            "not base64 at all!",
            Base64.getEncoder().encodeToString(new byte[65]),
            Base64.getEncoder().encodeToString(new byte[] {4, 1, 2, 3}),
            "😀".repeat(10_000));
    for (String key : keys) {
      assertThatThrownBy(() -> encryption.agree("client", key))
          .as("key of %d characters", key.length())
          .isInstanceOf(CipherException.class);
    }
  }

  @Test
  void required_agreement_isAnotherForEachSession() {
    Encryption encryption = newEncryption();
    EncryptionClient client = newClient();
    Session first = session(encryption, client);
    Session second = session(encryption, client);
    SealedEnvelope ofFirst = first.fromClient(PLAIN);

    assertThat(first.fromServer(PLAIN)).isNotEqualTo(second.fromServer(PLAIN));
    assertRefuses(second.server(), ofFirst);
    assertThat(open(first.server(), ofFirst)).isEqualTo(PLAIN);
  }

  @Test
  void required_agreement_comesToSeveralThreads() {
    Encryption encryption = newEncryption();
    List<String> opened =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> session(encryption, newClient()))
            .map(session -> open(session.server(), session.fromClient(PLAIN)))
            .toList();

    assertThat(opened).hasSize(16).containsOnly(PLAIN);
  }

  @Test
  void required_agreement_keepsItsKeyOutOfText() {
    KeyAgreement agreement = newEncryption().agree("client", newClient().publicKey());

    assertThat(agreement.toString()).doesNotContain("cipher");
  }

  @Test
  void required_S01_neverUsesAnIvTwice() {
    Session session = newSession();
    byte[] plain = utf8(PLAIN);
    Set<String> ivs = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      SealedEnvelope sealed = SealedEnvelope.of(session.server().seal(plain));
      assertThat(ivs.add(sealed.iv())).as("a new IV for message %d", i).isTrue();
      assertThat(texts.add(sealed.ct())).as("a new ciphertext for message %d", i).isTrue();
    }

    assertThat(plain).as("the plaintext is not changed").isEqualTo(utf8(PLAIN));
  }

  @Test
  void required_S01_hidesThePlaintext() {
    byte[] sealed = newSession().fromServer(PLAIN).ctBytes();

    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("plaintext");
  }

  @Test
  void optional_S01_failsWhereTheKeyIsUsedUp() {
    Optional<Encryption> encryption = encryptionForThreeMessages();
    assumeTrue(encryption.isPresent(), "no encryption with a bound that small");
    Session session = session(encryption.get(), newClient());
    for (int i = 0; i < 3; i++) {
      assertThat(open(session.client(), session.fromServer(PLAIN))).isEqualTo(PLAIN);
    }

    assertThatThrownBy(() -> session.server().seal(utf8(PLAIN)))
        .isInstanceOf(CipherException.class);
    assertThatThrownBy(() -> session.server().seal(utf8(PLAIN)))
        .isInstanceOf(CipherException.class);
  }

  @Test
  void required_S02_refusesEachChangedBit() {
    Session session = newSession();
    SealedEnvelope good = session.fromClient(PLAIN);
    for (int i = 0; i < good.ctBytes().length * 8; i++) {
      assertRefuses(session.server(), good.withCt(flip(good.ctBytes(), i)));
    }
    for (int i = 0; i < good.ivBytes().length * 8; i++) {
      assertRefuses(session.server(), good.withIv(flip(good.ivBytes(), i)));
    }
  }

  @Test
  void required_S02_refusesWhatIsCutOrMalformed() {
    Session session = newSession();
    SealedEnvelope good = session.fromClient(PLAIN);
    byte[] ct = good.ctBytes();
    byte[] iv = good.ivBytes();
    for (int length = 0; length < ct.length; length++) {
      assertRefuses(session.server(), good.withCt(Arrays.copyOf(ct, length)));
    }
    assertRefuses(session.server(), good.withCt(Arrays.copyOf(ct, ct.length + 1)));
    assertRefuses(session.server(), good.withIv(Arrays.copyOf(iv, iv.length - 1)));
    assertRefuses(session.server(), good.withIv(Arrays.copyOf(iv, iv.length + 1)));
    assertRefuses(session.server(), new SealedEnvelope("", ""));
    assertRefuses(session.server(), new SealedEnvelope(good.iv(), "*not base64*"));
    assertRefuses(session.server(), new SealedEnvelope("*not base64*", good.ct()));
  }

  @Test
  void required_S02_refusesWhatComesAgain() {
    Session session = newSession();
    SealedEnvelope first = session.fromClient(PLAIN);
    assertThat(open(session.server(), first)).isEqualTo(PLAIN);

    assertRefuses(session.server(), first);
  }

  @Test
  void required_S02_refusesWhatComesOutOfOrder() {
    Session session = newSession();
    SealedEnvelope first = session.fromClient("1");
    SealedEnvelope second = session.fromClient("2");
    assertThat(open(session.server(), second)).isEqualTo("2");

    assertRefuses(session.server(), first);
  }

  @Test
  void required_S02_refusesItsOwnDirection() {
    Session session = newSession();
    assertRefuses(session.server(), session.fromServer(PLAIN));
    assertRefuses(session.client(), session.fromClient(PLAIN));
  }

  @Test
  void required_S02_refusesAnotherSessionsMessage() {
    Encryption encryption = newEncryption();
    Session ours = session(encryption, newClient());
    Session other = session(encryption, newClient());

    assertRefuses(ours.server(), other.fromClient(PLAIN));
  }

  @Test
  void required_S03_opensTheNextGoodMessageAfterABadOne() {
    Session session = newSession();
    SealedEnvelope spent = session.fromClient("spent");
    assertThat(open(session.server(), spent)).isEqualTo("spent");
    SealedEnvelope next = session.fromClient("next");
    byte[] later = next.ivBytes();
    later[later.length - 1] = 100;
    List<SealedEnvelope> bad =
        List.of(
            spent,
            new SealedEnvelope("", ""),
            // A counter that lies ahead must not be believed before the message is authentic.
            next.withIv(later),
            next.withCt(flip(next.ctBytes(), 0)),
            session.fromServer("reflected"));
    for (SealedEnvelope one : bad) {
      assertRefuses(session.server(), one);
    }

    assertThat(open(session.server(), next)).isEqualTo("next");
  }

  private Session newSession() {
    return session(newEncryption(), newClient());
  }

  private static Session session(Encryption encryption, EncryptionClient client) {
    KeyAgreement agreement = encryption.agree("client", client.publicKey());
    return new Session(agreement.cipher(), client.join(agreement));
  }

  private static String open(SessionCipher cipher, SealedEnvelope sealed) {
    return new String(cipher.open(sealed.iv(), sealed.ct()), StandardCharsets.UTF_8);
  }

  private static void assertRefuses(SessionCipher cipher, SealedEnvelope sealed) {
    assertThatThrownBy(() -> cipher.open(sealed.iv(), sealed.ct()))
        .isInstanceOf(CipherException.class);
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << (bit % 8));
    return changed;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
