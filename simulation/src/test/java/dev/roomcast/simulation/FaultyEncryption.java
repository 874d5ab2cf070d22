package dev.roomcast.simulation;

import dev.roomcast.ecdh.EcdhEncryption;
import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.cipher.SessionCipher;
import dev.roomcast.testkit.time.VirtualTime;
import java.security.ProviderException;
import java.time.Duration;

/** The built-in encryption, required, which by chance takes its time, hangs or fails. */
final class FaultyEncryption implements Encryption {
  private final Encryption sound = EcdhEncryption.create().required();
  private final VirtualTime time;

  FaultyEncryption(VirtualTime time) {
    this.time = time;
  }

  @Override
  public boolean enforced() {
    return sound.enforced();
  }

  @Override
  public KeyAgreement agree(String clientId, String clientPublicKey) {
    switch (time.chance(10)) {
      case 0 -> time.hooks().pause(Duration.ofMinutes(10));
      case 1 -> throw new CipherException("refused by chance", null);
      case 2 -> throw new ProviderException("the device is gone");
      case 3 -> time.hooks().pause(Duration.ofMillis(time.chance(2_000)));
      default -> {}
    }
    KeyAgreement agreed = sound.agree(clientId, clientPublicKey);
    return new KeyAgreement(
        agreed.serverPublicKey(), agreed.salt(), null, new FaultyCipher(agreed.cipher(), time));
  }

  private record FaultyCipher(SessionCipher sound, VirtualTime time) implements SessionCipher {
    @Override
    public byte[] seal(byte[] envelope) {
      switch (time.chance(200)) {
        case 0 -> throw new CipherException("used up by chance", null);
        case 1 -> throw new ProviderException("the device is gone");
        default -> {}
      }
      return sound.seal(envelope);
    }

    @Override
    public byte[] open(String iv, String ct) {
      return sound.open(iv, ct);
    }
  }
}
