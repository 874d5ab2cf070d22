package dev.roomcast.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.roomcast.port.transport.Transport;
import org.junit.jupiter.api.Test;

final class UndertowModuleTest {

  @Test
  void bindsOneTransport() {
    Injector injector = Guice.createInjector(new UndertowModule(UndertowOptions.port(0)));
    assertThat(injector.getInstance(Transport.class))
        .isSameAs(injector.getInstance(Transport.class))
        .isSameAs(injector.getInstance(UndertowTransport.class));
  }

  @Test
  void bindsAnEmbeddedOne() {
    Injector injector = Guice.createInjector(UndertowModule.embedded());
    assertThat(injector.getInstance(UndertowTransport.class).handler()).isNotNull();
  }
}
