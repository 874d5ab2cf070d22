package dev.roomcast.wire.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * Certificates and keys as they were read, known to fit together.
 *
 * @param store holds them
 * @param password of the store's keys
 * @param certificates the server's own, one for each entry
 */
record ServerKeys(KeyStore store, Password password, List<X509Certificate> certificates) {

  /** Which of several entries is used goes by the name that the client asks for (SNI). */
  private static final String BY_SERVER_NAME = "PKIX";

  /** A store in memory needs one, and nobody else sees it. */
  private static final Password IN_MEMORY = new Password(new char[0]);

  static ServerKeys read(Identity identity) {
    return switch (identity) {
      case Identity.Pem pem -> pem(pem);
      case Identity.StoreFile file -> storeFile(file);
    };
  }

  private static ServerKeys pem(Identity.Pem pem) {
    List<X509Certificate> chain = PemFile.read(pem.chain()).certificates();
    X509Certificate own = chain.getFirst();
    PrivateKey key = PemFile.read(pem.key()).privateKey(own.getPublicKey().getAlgorithm());
    if (!KeyPairs.match(key, own.getPublicKey())) {
      throw new TlsException(
          "%s: the key does not belong to the first certificate of %s (%s), expected the server's"
                  .formatted(pem.key(), pem.chain(), own.getSubjectX500Principal())
              + " own certificate first, then those that issued it",
          null);
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, IN_MEMORY.characters(), chain.toArray(Certificate[]::new));
      return new ServerKeys(store, IN_MEMORY, List.of(own));
    } catch (GeneralSecurityException | IOException refused) {
      throw new TlsException(pem.chain() + ": the certificate is not usable", refused);
    }
  }

  private static ServerKeys storeFile(Identity.StoreFile identity) {
    Path file = identity.file();
    if (!Files.isReadable(file)) {
      throw new TlsException(file + ": there is no such file, or it cannot be read", null);
    }
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), identity.password().characters());
      List<X509Certificate> own = ownCertificates(file, store);
      return new ServerKeys(store, identity.password(), own);
    } catch (IOException unreadable) {
      boolean locked = unreadable.getCause() instanceof UnrecoverableKeyException;
      throw new TlsException(
          file + (locked ? ": its password is another one" : ": it is damaged"), unreadable);
    } catch (KeyStoreException unknown) {
      throw new TlsException(file + ": it is no key store, expected PKCS#12 or JKS", unknown);
    } catch (GeneralSecurityException refused) {
      throw new TlsException(file + ": it cannot be used", refused);
    }
  }

  private static List<X509Certificate> ownCertificates(Path file, KeyStore store)
      throws KeyStoreException {
    List<X509Certificate> own = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate one) {
        own.add(one);
      }
    }
    if (own.isEmpty()) {
      throw new TlsException(
          file + ": it has no private key with a certificate, expected one or more", null);
    }
    return List.copyOf(own);
  }

  KeyManager[] managers() {
    try {
      KeyManagerFactory factory = KeyManagerFactory.getInstance(BY_SERVER_NAME);
      factory.init(store, password.characters());
      return factory.getKeyManagers();
    } catch (UnrecoverableKeyException locked) {
      throw new TlsException(
          "the password of a key in the key store is not that of the store, expected the same",
          locked);
    } catch (GeneralSecurityException refused) {
      throw new TlsException("the certificate is not usable", refused);
    }
  }
}
