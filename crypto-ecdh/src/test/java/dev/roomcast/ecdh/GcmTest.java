package dev.roomcast.ecdh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.cipher.CipherException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GcmTest {

  @Test
  void encryptsAndDecryptsAsNistDoes() {
    List<String[]> cases = Vectors.read("nist-aes-256-gcm.txt");
    assertThat(cases).hasSize(79);
    for (String[] one : cases) {
      byte[] iv = Vectors.hex(one[1]);
      assertThat(Vectors.hex(gcm(one[0], one[2]).encrypt(iv, Vectors.hex(one[3]))))
          .isEqualTo(one[4]);
      assertThat(Vectors.hex(gcm(one[0], one[2]).decrypt(iv, Vectors.hex(one[4]))))
          .isEqualTo(one[3]);
    }
  }

  @Test
  void encryptsAndDecryptsAsWycheproofDoesAndRefusesWhatItRefuses() {
    List<String[]> cases = Vectors.read("wycheproof-aes-256-gcm.txt");
    assertThat(cases).hasSize(66);
    int refused = 0;
    for (String[] one : cases) {
      byte[] iv = Vectors.hex(one[4]);
      byte[] sealed = Vectors.hex(one[7]);
      if (one[1].equals("valid")) {
        assertThat(gcm(one[3], one[5]).encrypt(iv, Vectors.hex(one[6])))
            .as("case %s", one[0])
            .isEqualTo(sealed);
        assertThat(Vectors.hex(gcm(one[3], one[5]).decrypt(iv, sealed)))
            .as("case %s", one[0])
            .isEqualTo(one[6]);
      } else {
        refused++;
        assertThatThrownBy(() -> gcm(one[3], one[5]).decrypt(iv, sealed))
            .as("case %s: %s", one[0], one[2])
            .isInstanceOf(CipherException.class);
      }
    }

    assertThat(refused).isEqualTo(27);
  }

  @Test
  void goesOnAfterWhatItRefused() {
    Gcm gcm = gcm("11".repeat(32), "aa");
    byte[] first = gcm.encrypt(new byte[12], new byte[100]);
    first[0] ^= 1;
    assertThatThrownBy(() -> gcm.decrypt(new byte[12], first)).isInstanceOf(CipherException.class);
    first[0] ^= 1;

    assertThat(gcm.decrypt(new byte[12], first)).isEqualTo(new byte[100]);
  }

  private static Gcm gcm(String key, String additionalData) {
    return new Gcm(Vectors.hex(key), additionalData.isEmpty() ? null : Vectors.hex(additionalData));
  }
}
