package dev.roomcast.jackson;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.roomcast.port.codec.Codec;
import tools.jackson.databind.json.JsonMapper;

/** Binds {@link Codec} to a {@link JacksonCodec}. Guice is optional: only this class needs it. */
public final class JacksonModule extends AbstractModule {
  private final JacksonCodec codec;

  private JacksonModule(JacksonCodec codec) {
    this.codec = codec;
  }

  /** Binds {@link JacksonCodec#create()}. */
  public JacksonModule() {
    this(JacksonCodec.create());
  }

  /** Binds {@link JacksonCodec#on}. */
  public JacksonModule(JsonMapper mapper) {
    this(JacksonCodec.on(mapper));
  }

  @Provides
  @Singleton
  Codec codec() {
    return codec;
  }
}
