package dev.roomcast.ecdh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.cipher.CipherException;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class P256Test {

  private static PrivateKey privateKey(String hex) throws Exception {
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(new BigInteger(1, Vectors.hex32(hex)), P256.PARAMETERS));
  }

  @Test
  void agreesAsNistDoes() throws Exception {
    List<String[]> cases = Vectors.read("nist-ecdh-p256.txt");
    assertThat(cases).hasSize(25);
    for (String[] one : cases) {
      byte[] secret = P256.agree(privateKey(one[2]), P256.decode(Vectors.hex(one[1])));

      assertThat(secret).as("count %s", one[0]).isEqualTo(Vectors.hex(one[3]));
    }
  }

  @Test
  void agreesAsWycheproofDoesAndRefusesWhatItRefuses() throws Exception {
    List<String[]> cases = Vectors.read("wycheproof-ecdh-p256.txt");
    assertThat(cases).hasSize(355);
    int refused = 0;
    for (String[] one : cases) {
      byte[] point = Vectors.hex(one[3]);
      if (one[1].equals("valid")) {
        assertThat(P256.agree(privateKey(one[4]), P256.decode(point)))
            .as("case %s", one[0])
            .isEqualTo(Vectors.hex(one[5]));
      } else {
        // One case is "acceptable", a compressed point: the protocol has uncompressed ones alone.
        refused++;
        assertThatThrownBy(() -> P256.decode(point))
            .as("case %s: %s", one[0], one[2])
            .isInstanceOf(CipherException.class);
      }
    }

    assertThat(refused).isEqualTo(25);
  }

  @Test
  void refusesAPointOfAnotherForm() {
    byte[] good = P256.encode((ECPublicKey) P256.newKeyPair().getPublic());
    for (byte form : new byte[] {0, 2, 3, 5, 6, 7, -1}) {
      byte[] other = good.clone();
      other[0] = form;
      assertThatThrownBy(() -> P256.decode(other))
          .isInstanceOf(CipherException.class)
          .hasMessageContaining("begins with " + form);
    }
  }

  @Test
  void refusesInfinityHoweverItIsWritten() {
    assertThatThrownBy(() -> P256.decode(new byte[1])).isInstanceOf(CipherException.class);
    byte[] zeros = new byte[65];
    assertThatThrownBy(() -> P256.decode(zeros)).isInstanceOf(CipherException.class);
    zeros[0] = 4;
    assertThatThrownBy(() -> P256.decode(zeros))
        .isInstanceOf(CipherException.class)
        .hasMessageContaining("not on the curve");
  }

  @Test
  void refusesCoordinatesBeyondTheField() {
    // (0, √b) is on the curve; with p for 0 it would be the same point, written in another way.
    BigInteger p =
        new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    BigInteger b = P256.PARAMETERS.getCurve().getB();
    BigInteger root = b.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    byte[] y = Vectors.hex32(root.toString(16));
    byte[] zero = Vectors.concat(new byte[] {4}, new byte[32], y);
    byte[] beyond = Vectors.concat(new byte[] {4}, Vectors.hex32(p.toString(16)), y);

    assertThat(P256.decode(zero).getW().getAffineX()).isZero();
    assertThatThrownBy(() -> P256.decode(beyond)).isInstanceOf(CipherException.class);
  }

  @Test
  void writesWhatItReads() {
    for (String[] one : Vectors.read("wycheproof-ecdh-p256.txt")) {
      if (one[1].equals("valid")) {
        byte[] point = Vectors.hex(one[3]);
        assertThat(P256.encode(P256.decode(point))).isEqualTo(point);
      }
    }
  }

  @Test
  void findsThePublicKeyOfAPrivateOne() {
    for (int i = 0; i < 20; i++) {
      KeyPair pair = P256.newKeyPair();
      assertThat(P256.candidates(pair.getPrivate()))
          .extracting(ECPublicKey::getW)
          .contains(((ECPublicKey) pair.getPublic()).getW());
    }
  }
}
