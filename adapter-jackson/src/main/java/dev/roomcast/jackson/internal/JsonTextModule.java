package dev.roomcast.jackson.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roomcast.port.codec.Json;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.ReaderBasedJsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Teaches Jackson that a {@link Json} within another value is its text. */
final class JsonTextModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  /** The deserialization's attribute that holds the whole text, a {@link String}. */
  static final Object SOURCE = new Object();

  JsonTextModule() {
    super("roomcast-json-text");
    addSerializer(new Writer());
    addDeserializer(Json.class, new Reader());
  }

  private static final class Writer extends StdSerializer<Json> {
    Writer() {
      super(Json.class);
    }

    @Override
    public void serialize(Json value, JsonGenerator target, SerializationContext context) {
      target.writeRawValue(value.toString());
    }
  }

  private static final class Reader extends StdDeserializer<Json> {
    /** For copies; writes plainly, whatever the application's settings. */
    private static final JsonFactory FACTORY = new JsonFactory();

    Reader() {
      super(Json.class);
    }

    @Override
    public Json deserialize(JsonParser source, DeserializationContext context) {
      if (context.getAttribute(SOURCE) instanceof String text
          && source.getClass() == ReaderBasedJsonParser.class) {
        int from = (int) source.currentTokenLocation().getCharOffset();
        source.skipChildren();
        source.finishToken();
        int to = (int) source.currentLocation().getCharOffset();
        return Json.trusted(text.substring(from, to).getBytes(UTF_8));
      }
      // Jackson has buffered the tokens (before a type id, say), so their places are lost.
      StringWriter copy = new StringWriter();
      try (JsonGenerator target = FACTORY.createGenerator(ObjectWriteContext.empty(), copy)) {
        copyValue(source, target);
      }
      return Json.trusted(Escapes.encodeText(copy.toString()));
    }

    /** Copies numbers by their digits, which Jackson's own copying takes through a double. */
    private static void copyValue(JsonParser source, JsonGenerator target) {
      int depth = 0;
      do {
        JsonToken token = source.currentToken();
        if (token.isNumeric()) {
          target.writeNumber(source.getString());
        } else {
          target.copyCurrentEvent(source);
        }
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        }
      } while (depth > 0 && source.nextToken() != null);
    }

    @Override
    public Json getNullValue(DeserializationContext context) {
      return Json.NULL;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }
}
