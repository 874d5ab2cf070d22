package dev.roomcast.wire.tls;

import java.nio.file.Path;
import java.util.List;

/** Where a server's certificate and private key are. Immutable. */
public sealed interface Identity {

  /** The files that it is made of. */
  List<Path> files();

  /**
   * Two files in PEM.
   *
   * @param chain the server's certificate first, then those that issued it
   * @param key the private key in PKCS#8, not encrypted
   */
  record Pem(Path chain, Path key) implements Identity {
    @Override
    public List<Path> files() {
      return List.of(chain, key);
    }
  }

  /**
   * A key store.
   *
   * @param file in PKCS#12 or JKS
   * @param password of the store and of its keys
   */
  record StoreFile(Path file, Password password) implements Identity {
    @Override
    public List<Path> files() {
      return List.of(file);
    }
  }
}
