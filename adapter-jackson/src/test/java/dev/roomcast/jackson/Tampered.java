package dev.roomcast.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roomcast.port.codec.BusMessage;
import dev.roomcast.port.codec.BusMessageCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.DecodedBusMessage;
import dev.roomcast.port.codec.DecodedEnvelope;
import dev.roomcast.port.codec.EnvelopeCodec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.JsonMapper;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** The right codec with one of its abilities replaced, and what replacements are made of. */
record Tampered(EnvelopeCodec envelopes, BusMessageCodec busMessages, JsonMapper mapper)
    implements Codec {
  private static final Codec RIGHT = JacksonCodec.create();

  /** Jackson as it comes. */
  static final tools.jackson.databind.json.JsonMapper PLAIN =
      new tools.jackson.databind.json.JsonMapper();

  /** Writes envelopes. */
  interface Writing {
    byte[] write(String event, Json data, String id);
  }

  static Codec reading(Function<ByteBuffer, DecodedEnvelope> reading) {
    return envelopes(reading, Tampered::written);
  }

  static Codec writing(Writing writing) {
    return envelopes(Tampered::envelope, writing);
  }

  private static Codec envelopes(Function<ByteBuffer, DecodedEnvelope> reading, Writing writing) {
    EnvelopeCodec envelopes =
        new EnvelopeCodec() {
          @Override
          public DecodedEnvelope read(ByteBuffer borrowed) {
            return reading.apply(borrowed);
          }

          @Override
          public byte[] write(String event, Json data, String id) {
            return writing.write(event, data, id);
          }
        };
    return new Tampered(envelopes, RIGHT.busMessages(), RIGHT.mapper());
  }

  static Codec hearing(Function<ByteBuffer, DecodedBusMessage> reading) {
    return busMessages(reading, Tampered::written);
  }

  static Codec telling(Function<BusMessage, byte[]> writing) {
    return busMessages(Tampered::busMessage, writing);
  }

  private static Codec busMessages(
      Function<ByteBuffer, DecodedBusMessage> reading, Function<BusMessage, byte[]> writing) {
    BusMessageCodec busMessages =
        new BusMessageCodec() {
          @Override
          public DecodedBusMessage read(ByteBuffer borrowed) {
            return reading.apply(borrowed);
          }

          @Override
          public byte[] write(BusMessage message) {
            return writing.apply(message);
          }
        };
    return new Tampered(RIGHT.envelopes(), busMessages, RIGHT.mapper());
  }

  static Codec mapping(JsonMapper mapper) {
    return new Tampered(RIGHT.envelopes(), RIGHT.busMessages(), mapper);
  }

  static DecodedEnvelope envelope(ByteBuffer message) {
    return RIGHT.envelopes().read(message);
  }

  static DecodedEnvelope envelope(String message) {
    return envelope(bytes(message));
  }

  static byte[] written(String event, Json data, String id) {
    return RIGHT.envelopes().write(event, data, id);
  }

  static DecodedBusMessage busMessage(ByteBuffer message) {
    return RIGHT.busMessages().read(message);
  }

  static DecodedBusMessage busMessage(String message) {
    return busMessage(bytes(message));
  }

  static byte[] written(BusMessage message) {
    return RIGHT.busMessages().write(message);
  }

  /** Parsed and serialised again, as codecs do that pass trees. */
  static Json anew(Json data) {
    return data == null ? null : Json.trusted(PLAIN.writeValueAsBytes(loosely(data)));
  }

  private static Object loosely(Json data) {
    try {
      return PLAIN.readTree(data.toString());
    } catch (tools.jackson.core.JacksonException e) {
      return data.toString();
    }
  }

  /** As text, with a replacement for what is no UTF-8. */
  static String text(ByteBuffer message) {
    return UTF_8.decode(message.duplicate()).toString();
  }

  static String string(byte[] utf8) {
    return new String(utf8, UTF_8);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  static String quoted(String string) {
    return RIGHT.mapper().toJson(string).toString();
  }

  /** The right mapper, to override. */
  static class Mapper implements JsonMapper {
    @Override
    public Json parse(String text) {
      return RIGHT.mapper().parse(text);
    }

    @Override
    public Json toJson(Object value) {
      return RIGHT.mapper().toJson(value);
    }

    @Override
    public Object fromJson(Json json, Type type) {
      return RIGHT.mapper().fromJson(json, type);
    }
  }
}
