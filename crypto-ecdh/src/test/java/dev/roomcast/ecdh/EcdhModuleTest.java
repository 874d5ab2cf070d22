package dev.roomcast.ecdh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.roomcast.port.cipher.Encryption;
import org.junit.jupiter.api.Test;

final class EcdhModuleTest {

  @Test
  void bindsTheEncryption() {
    Injector injector = Guice.createInjector(new EcdhModule());

    assertThat(injector.getInstance(Encryption.class))
        .isInstanceOf(EcdhEncryption.class)
        .isSameAs(injector.getInstance(Encryption.class));
    assertThat(injector.getInstance(Encryption.class).enforced()).isFalse();
  }

  @Test
  void bindsTheOneThatWasGiven() {
    EcdhEncryption required = EcdhEncryption.create().required();

    assertThat(Guice.createInjector(new EcdhModule(required)).getInstance(Encryption.class))
        .isSameAs(required);
  }
}
