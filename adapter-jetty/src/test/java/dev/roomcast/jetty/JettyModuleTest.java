package dev.roomcast.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.roomcast.port.transport.Transport;
import org.junit.jupiter.api.Test;

final class JettyModuleTest {

  @Test
  void bindsOneTransport() {
    Injector injector = Guice.createInjector(new JettyModule(JettyOptions.port(0)));
    assertThat(injector.getInstance(Transport.class))
        .isSameAs(injector.getInstance(Transport.class))
        .isSameAs(injector.getInstance(JettyTransport.class));
  }

  @Test
  void bindsAnEmbeddedOne() {
    Injector injector = Guice.createInjector(JettyModule.embedded());
    assertThat(injector.getInstance(JettyTransport.class).handler()).isNotNull();
  }
}
