package dev.roomcast.wire.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether a private and a public key are one pair. Pure. */
final class KeyPairs {
  private static final byte[] SAMPLE = {1, 2, 3};

  private KeyPairs() {}

  /** What one has signed, the other verifies. */
  static boolean match(PrivateKey own, PublicKey certified) {
    try {
      Signature signature = Signature.getInstance(algorithm(certified.getAlgorithm()));
      signature.initSign(own);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException differ) {
      // Such as keys of another length.
      return false;
    }
  }

  private static String algorithm(String key) {
    return switch (key) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "DSA" -> "SHA256withDSA";
      // EdDSA signs as it is called.
      default -> key;
    };
  }
}
