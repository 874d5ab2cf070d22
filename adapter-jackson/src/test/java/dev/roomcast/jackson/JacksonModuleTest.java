package dev.roomcast.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.roomcast.port.codec.Codec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

final class JacksonModuleTest {

  @Test
  void bindsOneCodec() {
    Injector injector = Guice.createInjector(new JacksonModule());
    assertThat(injector.getInstance(Codec.class))
        .isInstanceOf(JacksonCodec.class)
        .isSameAs(injector.getInstance(Codec.class));
  }

  @Test
  void bindsTheApplicationsMapper() {
    JsonMapper indenting = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Injector injector = Guice.createInjector(new JacksonModule(indenting));
    assertThat(injector.getInstance(Codec.class).mapper().toJson(Map.of("a", 1)).toString())
        .contains("\n");
  }
}
