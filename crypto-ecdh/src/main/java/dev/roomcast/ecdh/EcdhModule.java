package dev.roomcast.ecdh;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.roomcast.port.cipher.Encryption;

/**
 * Binds {@link Encryption} to an {@link EcdhEncryption}. Guice is optional: only this class needs
 * it.
 */
public final class EcdhModule extends AbstractModule {
  private final EcdhEncryption encryption;

  /** Binds {@link EcdhEncryption#create()}. */
  public EcdhModule() {
    this(EcdhEncryption.create());
  }

  /** Binds the encryption given, such as {@code EcdhEncryption.create().required()}. */
  public EcdhModule(EcdhEncryption encryption) {
    this.encryption = encryption;
  }

  @Provides
  @Singleton
  Encryption encryption() {
    return encryption;
  }
}
