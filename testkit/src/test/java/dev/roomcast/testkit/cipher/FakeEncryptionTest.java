package dev.roomcast.testkit.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FakeEncryptionTest extends EncryptionContract {
  private final AtomicInteger clients = new AtomicInteger();

  @Override
  protected Encryption newEncryption() {
    return new FakeEncryption(true);
  }

  @Override
  protected EncryptionClient newClient() {
    return new FakeClient("key-" + clients.incrementAndGet());
  }

  @Override
  protected Optional<Encryption> encryptionForThreeMessages() {
    return Optional.of(new FakeEncryption(true, 3));
  }

  @Test
  void opensAndSealsWholeEnvelopesAsAClient() {
    KeyAgreement agreement = newEncryption().agree("client", "key-a");
    ReversibleCipher client =
        FakeEncryption.client("key-a", agreement.serverPublicKey(), agreement.salt());
    byte[] sealed = agreement.cipher().seal("{\"event\":\"x\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(client.openEnvelope(new String(sealed, StandardCharsets.UTF_8)))
        .isEqualTo("{\"event\":\"x\"}");
    SealedEnvelope back = SealedEnvelope.of(client.sealEnvelope("{\"event\":\"y\"}"));
    assertThat(agreement.cipher().open(back.iv(), back.ct())).asString().contains("\"y\"");
  }
}
