package dev.roomcast.wire.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of blocks in the form of RFC 7468; what stands around them is ignored. Immutable. */
record PemFile(Path path, List<Block> blocks) {

  /** What stands between BEGIN and END of one label. */
  record Block(String label, String base64) {}

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  /** How every other form of key becomes one that the JDK reads. */
  private static final String CONVERT =
      "; convert it: openssl pkcs8 -topk8 -nocrypt -in %s -out key.pem";

  static PemFile read(Path path) {
    try {
      List<Block> blocks = new ArrayList<>();
      Matcher block = BLOCK.matcher(Files.readString(path));
      while (block.find()) {
        blocks.add(new Block(block.group(1), block.group(2)));
      }
      return new PemFile(path, blocks);
    } catch (NoSuchFileException absent) {
      throw new TlsException(path + ": there is no such file", absent);
    } catch (IOException unreadable) {
      throw new TlsException(path + ": it cannot be read as text (" + unreadable + ")", unreadable);
    }
  }

  private byte[] decoded(Block block) {
    try {
      return Base64.getMimeDecoder().decode(block.base64());
    } catch (IllegalArgumentException malformed) {
      throw new TlsException(path + ": its block " + block.label() + " is no base64", malformed);
    }
  }

  /** The certificates in their order, one or more. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label().equals(CERTIFICATE)) {
        certificates.add(certificate(block));
      }
    }
    if (certificates.isEmpty()) {
      throw wrong("it has no block CERTIFICATE, " + found());
    }
    return List.copyOf(certificates);
  }

  private X509Certificate certificate(Block block) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(decoded(block)));
    } catch (CertificateException malformed) {
      throw new TlsException(path + ": a certificate in it is malformed", malformed);
    }
  }

  /**
   * The only private key.
   *
   * @param algorithm of the certificate's key
   */
  PrivateKey privateKey(String algorithm) {
    List<Block> keys = blocks.stream().filter(block -> block.label().endsWith(KEY)).toList();
    if (keys.size() != 1) {
      throw wrong("expected one block PRIVATE KEY, " + found());
    }
    Block key = keys.getFirst();
    if (key.label().startsWith("ENCRYPTED")) {
      throw wrong("its key is encrypted, expected one that is not" + CONVERT.formatted(path));
    }
    if (!key.label().equals(KEY)) {
      throw wrong(
          "its key is '"
              + key.label()
              + "', expected PKCS#8 'PRIVATE KEY'"
              + CONVERT.formatted(path));
    }
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(decoded(key)));
    } catch (InvalidKeySpecException malformed) {
      throw new TlsException(
          path + ": its key is malformed, or not of the certificate's kind, " + algorithm,
          malformed);
    } catch (GeneralSecurityException unknown) {
      throw new TlsException(path + ": keys of kind " + algorithm + " are not known", unknown);
    }
  }

  private String found() {
    List<String> labels = blocks.stream().map(Block::label).toList();
    return labels.isEmpty() ? "found nothing in PEM" : "found " + String.join(", ", labels);
  }

  private TlsException wrong(String what) {
    return new TlsException(path + ": " + what, null);
  }
}
