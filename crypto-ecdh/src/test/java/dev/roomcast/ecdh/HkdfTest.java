package dev.roomcast.ecdh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HkdfTest {

  /** RFC 5869, appendix A.1 to A.3: the first 32 bytes of each output, which is a stream. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          22 x 0b, 00..0c, f0..f9, 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf
          00..4f, 60..af, b0..ff, b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
          22 x 0b, 0 x 00, 0 x 00, 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d
          """)
  void derivesAsTheRfcDoes(String secret, String salt, String info, String expected) {
    assertThat(Vectors.hex(Hkdf.derive(bytes(secret), bytes(salt), bytes(info))))
        .isEqualTo(expected);
  }

  /** {@code 22 x 0b}: so many of a byte; {@code 00..0c}: from the first to the last. */
  private static byte[] bytes(String form) {
    if (form.contains(" x ")) {
      String[] parts = form.split(" x ", -1);
      return Vectors.hex(parts[1].repeat(Integer.parseInt(parts[0])));
    }
    int first = Integer.parseInt(form.substring(0, 2), 16);
    int last = Integer.parseInt(form.substring(4), 16);
    byte[] all = new byte[last - first + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (first + i);
    }
    return all;
  }

  @Test
  void derivesAsWycheproofDoes() {
    List<String[]> cases = Vectors.read("wycheproof-hkdf-sha-256.txt");
    assertThat(cases).hasSize(65);
    for (String[] one : cases) {
      assertThat(
              Vectors.hex(
                  Hkdf.derive(Vectors.hex(one[1]), Vectors.hex(one[2]), Vectors.hex(one[3]))))
          .as("case %s", one[0])
          .isEqualTo(one[4]);
    }
  }

  /** By reflection, because we compile for releases that have none. */
  @Test
  void derivesAsTheJdkDoesWhereItHasIt() throws Exception {
    Class<?> kdf;
    try {
      kdf = Class.forName("javax.crypto.KDF");
    } catch (ClassNotFoundException older) {
      assumeTrue(false, "this JDK has no javax.crypto.KDF");
      return;
    }
    Object hkdf = kdf.getMethod("getInstance", String.class).invoke(null, "HKDF-SHA256");
    Method deriveData = kdf.getMethod("deriveData", AlgorithmParameterSpec.class);
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] secret = new byte[32];
      byte[] salt = new byte[32];
      byte[] info = new byte[i];
      random.nextBytes(secret);
      random.nextBytes(salt);
      random.nextBytes(info);

      assertThat(Hkdf.derive(secret, salt, info))
          .isEqualTo(deriveData.invoke(hkdf, parameters(secret, salt, info)));
    }
  }

  private static Object parameters(byte[] secret, byte[] salt, byte[] info) throws Exception {
    Class<?> spec = Class.forName("javax.crypto.spec.HKDFParameterSpec");
    Object builder = spec.getMethod("ofExtract").invoke(null);
    Class<?> building = Class.forName("javax.crypto.spec.HKDFParameterSpec$Builder");
    building.getMethod("addIKM", byte[].class).invoke(builder, (Object) secret);
    building.getMethod("addSalt", byte[].class).invoke(builder, (Object) salt);
    return building
        .getMethod("thenExpand", byte[].class, int.class)
        .invoke(builder, info, Hkdf.KEY_BYTES);
  }
}
