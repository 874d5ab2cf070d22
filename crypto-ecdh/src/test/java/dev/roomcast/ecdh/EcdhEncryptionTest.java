package dev.roomcast.ecdh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.cipher.SessionCipher;
import dev.roomcast.testkit.cipher.EncryptionClient;
import dev.roomcast.testkit.cipher.EncryptionContract;
import dev.roomcast.testkit.cipher.P256Client;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EcdhEncryptionTest extends EncryptionContract {
  private static final Pattern SEALED =
      Pattern.compile("\\{\"event\":\"encrypted\",\"data\":\\{\"iv\":\"(.*)\",\"ct\":\"(.*)\"}}");

  @Override
  protected Encryption newEncryption() {
    return EcdhEncryption.create();
  }

  @Override
  protected EncryptionClient newClient() {
    return P256Client.create();
  }

  @Override
  protected Optional<Encryption> encryptionForThreeMessages() {
    return Optional.of(EcdhEncryption.with(EcdhOptions.defaults().withMessagesPerKey(3)));
  }

  private static String open(SessionCipher cipher, byte[] envelope) {
    Matcher parts = SEALED.matcher(new String(envelope, UTF_8));
    assertThat(parts.matches()).isTrue();
    return new String(cipher.open(parts.group(1), parts.group(2)), UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void isRequiredOnlyWhereSaid() {
    EcdhEncryption free = EcdhEncryption.create();
    String client = P256Client.create().publicKey();

    assertThat(free.enforced()).isFalse();
    assertThat(free.required().enforced()).isTrue();
    assertThat(free.required().agree("c", client).serverPublicKey())
        .isEqualTo(free.agree("c", client).serverPublicKey());
    assertThat(EcdhEncryption.with(EcdhOptions.defaults().withRequired(true)).enforced()).isTrue();
  }

  @Test
  void hasOneKeyPairForTheProcess() {
    Encryption encryption = EcdhEncryption.create();
    String first = encryption.agree("a", P256Client.create().publicKey()).serverPublicKey();

    assertThat(encryption.agree("b", P256Client.create().publicKey()).serverPublicKey())
        .isEqualTo(first);
    assertThat(
            EcdhEncryption.create().agree("b", P256Client.create().publicKey()).serverPublicKey())
        .isNotEqualTo(first);
  }

  @Test
  void hasAKeyPairForEachConnectionByOption() {
    Encryption encryption =
        EcdhEncryption.with(EcdhOptions.defaults().withServerKeys(ServerKeys.PER_CONNECTION));
    P256Client client = P256Client.create();
    KeyAgreement first = encryption.agree("a", client.publicKey());
    KeyAgreement second = encryption.agree("a", client.publicKey());

    assertThat(first.serverPublicKey()).isNotEqualTo(second.serverPublicKey());
    for (KeyAgreement one : List.of(first, second)) {
      assertThat(open(client.join(one), one.cipher().seal(utf8("{}")))).isEqualTo("{}");
    }
  }

  @Test
  void saysItsPointAndItsSaltInTheProtocolsForm() {
    KeyAgreement agreement = newEncryption().agree("c", P256Client.create().publicKey());

    assertThat(Base64.getDecoder().decode(agreement.serverPublicKey()))
        .hasSize(65)
        .startsWith((byte) 4);
    assertThat(Base64.getDecoder().decode(agreement.salt())).hasSize(32);
    assertThat(agreement.signature()).isNull();
  }

  @Test
  void takesInfoAndAdditionalDataThatBothEndsAgreeOn() {
    Encryption encryption =
        EcdhEncryption.with(
            EcdhOptions.defaults().withInfo("chat-v2").withAdditionalData("é room"));
    P256Client same = P256Client.create("chat-v2", "é room");
    KeyAgreement agreement = encryption.agree("c", same.publicKey());
    SessionCipher client = same.join(agreement);

    assertThat(open(client, agreement.cipher().seal(utf8("to")))).isEqualTo("to");
    assertThat(open(agreement.cipher(), client.seal(utf8("fro")))).isEqualTo("fro");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat-v1/é room", "chat-v2/e room", "chat-v2/", "/é room"})
  void agreesWithNobodyOfOtherInfoOrAdditionalData(String infoAndData) {
    Encryption encryption =
        EcdhEncryption.with(
            EcdhOptions.defaults().withInfo("chat-v2").withAdditionalData("é room"));
    String[] other = infoAndData.split("/", -1);
    P256Client client = P256Client.create(other[0], other[1]);
    KeyAgreement agreement = encryption.agree("c", client.publicKey());
    SessionCipher theirs = client.join(agreement);

    assertThatThrownBy(() -> open(theirs, agreement.cipher().seal(utf8("x"))))
        .isInstanceOf(CipherException.class);
    assertThatThrownBy(() -> open(agreement.cipher(), theirs.seal(utf8("x"))))
        .isInstanceOf(CipherException.class);
  }

  @Test
  void signsThisAgreementAndNoOther() throws GeneralSecurityException {
    SigningKey signingKey = SigningKey.generate();
    Encryption encryption = EcdhEncryption.with(EcdhOptions.defaults().withSigningKey(signingKey));
    P256Client client = P256Client.create();
    KeyAgreement agreement = encryption.agree("client-1", client.publicKey());
    byte[] server = Base64.getDecoder().decode(agreement.serverPublicKey());
    byte[] salt = Base64.getDecoder().decode(agreement.salt());
    byte[] label = utf8("roomcast-ecdh-p256-v1\0");

    assertThat(
            verifies(signingKey, agreement, label, server, client.point(), salt, utf8("client-1")))
        .isTrue();
    assertThat(
            verifies(signingKey, agreement, label, server, client.point(), salt, utf8("client-2")))
        .isFalse();
    assertThat(
            verifies(
                signingKey,
                agreement,
                label,
                server,
                P256Client.create().point(),
                salt,
                utf8("client-1")))
        .isFalse();
    assertThat(
            verifies(
                SigningKey.generate(),
                agreement,
                label,
                server,
                client.point(),
                salt,
                utf8("client-1")))
        .isFalse();
  }

  private static boolean verifies(SigningKey by, KeyAgreement agreement, byte[]... parts)
      throws GeneralSecurityException {
    Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
    check.initVerify(P256Client.publicKey(Base64.getDecoder().decode(by.publicKey())));
    check.update(Vectors.concat(parts));
    return check.verify(Base64.getDecoder().decode(agreement.signature()));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, (1L << 32) + 1, Long.MAX_VALUE})
  void refusesABoundThatIsNone(long messages) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EcdhOptions.defaults().withMessagesPerKey(messages))
        .withMessageContaining(String.valueOf(messages));
  }

  @Test
  void isGoodForTheProtocolsBound() {
    assertThat(EcdhOptions.defaults().messagesPerKey()).isEqualTo(4_294_967_296L);
    assertThat(EcdhOptions.defaults().withMessagesPerKey(1L << 32).messagesPerKey())
        .isEqualTo(4_294_967_296L);
  }
}
