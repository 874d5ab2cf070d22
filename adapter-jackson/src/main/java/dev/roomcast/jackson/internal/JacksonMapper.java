package dev.roomcast.jackson.internal;

import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.JsonBindingException;
import dev.roomcast.port.codec.JsonMapper;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.ValueInstantiationException;

/** The application's types by Jackson's mapper. Immutable. */
public final class JacksonMapper implements JsonMapper {
  private final tools.jackson.databind.json.JsonMapper jackson;

  public JacksonMapper(tools.jackson.databind.json.JsonMapper settings) {
    jackson = settings.rebuild().addModule(new JsonTextModule()).build();
  }

  /**
   * What differs from Jackson's defaults: members are written in the order of their declaration;
   * nesting and names are as deep and long as envelopes allow; names that clients send are not
   * remembered (see {@link JsonScanner}).
   */
  public static tools.jackson.databind.json.JsonMapper defaults() {
    JsonFactory factory =
        JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(JsonScanner.MESSAGE_LEVELS)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(JsonScanner.DATA_LEVELS).build())
            .build();
    return tools.jackson.databind.json.JsonMapper.builder(factory)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .build();
  }

  @Override
  public Json toJson(@Nullable Object value) {
    if (value == null) {
      return Json.NULL;
    }
    if (value instanceof Json json) {
      return json;
    }
    String text;
    try {
      text = jackson.writeValueAsString(value);
    } catch (RuntimeException | StackOverflowError e) {
      throw new JsonBindingException("cannot write " + value.getClass().getName() + " as JSON", e);
    }
    Json json = checked(text);
    if (json == null) { // raw text of the application's
      throw new JsonBindingException(value.getClass().getName() + " writes what is no JSON", null);
    }
    return json;
  }

  @Override
  public Json parse(String text) {
    Json json = checked(text);
    if (json == null) {
      throw new JsonBindingException("not exactly one JSON value", null);
    }
    return json;
  }

  /** Escapes lone surrogates, which Jackson's generator of UTF-8 would refuse. */
  private static @Nullable Json checked(String text) {
    Slice value = Slice.ofValue(Escapes.encodeText(text));
    return value == null ? null : value.json();
  }

  @Override
  public @Nullable Object fromJson(Json json, Type type) {
    if (type == Json.class) {
      return json;
    }
    if (type == Void.class || type == void.class) {
      return null;
    }
    try {
      String text = json.toString();
      return jackson
          .readerFor(jackson.constructType(type))
          .withAttribute(JsonTextModule.SOURCE, text)
          .readValue(text);
    } catch (RuntimeException | StackOverflowError e) {
      throw new JsonBindingException(unbound(type, e), applicationsOwn(e));
    }
  }

  /**
   * Names where it failed by declared names alone: Jackson's message and map keys quote payload.
   */
  private static String unbound(Type type, Throwable failure) {
    StringBuilder message =
        new StringBuilder("JSON does not bind to ")
            .append(type.getTypeName())
            .append(": ")
            .append(failure.getClass().getSimpleName());
    if (failure instanceof JacksonException e && !e.getPath().isEmpty()) {
      message.append(" at ");
      for (JacksonException.Reference step : e.getPath()) {
        boolean declared = step.getPropertyName() != null && !(step.from() instanceof Map<?, ?>);
        message.append(declared ? "." + step.getPropertyName() : "[]");
      }
    }
    return message.toString();
  }

  /** What a constructor or factory of the application threw, if that was it. */
  private static @Nullable Throwable applicationsOwn(Throwable failure) {
    return failure instanceof ValueInstantiationException ? failure.getCause() : null;
  }
}
