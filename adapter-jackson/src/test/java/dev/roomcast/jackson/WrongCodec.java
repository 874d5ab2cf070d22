package dev.roomcast.jackson;

import static dev.roomcast.jackson.Tampered.PLAIN;
import static dev.roomcast.jackson.Tampered.anew;
import static dev.roomcast.jackson.Tampered.busMessage;
import static dev.roomcast.jackson.Tampered.envelope;
import static dev.roomcast.jackson.Tampered.hearing;
import static dev.roomcast.jackson.Tampered.mapping;
import static dev.roomcast.jackson.Tampered.quoted;
import static dev.roomcast.jackson.Tampered.reading;
import static dev.roomcast.jackson.Tampered.string;
import static dev.roomcast.jackson.Tampered.telling;
import static dev.roomcast.jackson.Tampered.text;
import static dev.roomcast.jackson.Tampered.writing;
import static dev.roomcast.jackson.Tampered.written;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roomcast.jackson.Tampered.Mapper;
import dev.roomcast.jackson.Tampered.Writing;
import dev.roomcast.port.codec.BusMessage;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.DecodedEnvelope;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.MalformedBusMessage;
import dev.roomcast.port.codec.MalformedEnvelope;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/** Codecs that break one rule each, in ways that real ones do. The name begins with the rule. */
@SuppressWarnings("ImmutableEnumChecker") // codecs are as immutable as can be told
enum WrongCodec {
  E01_ACCEPTS_A_BYTE_ORDER_MARK(
      reading(message -> envelope(text(message).replaceFirst("^\ufeff", "")))),
  E01_ACCEPTS_UTF_16(
      reading(
          message ->
              message.remaining() > 1 && message.get(message.position() + 1) == 0
                  ? envelope(UTF_16LE.decode(message.duplicate()).toString())
                  : envelope(message))),
  E01_REPLACES_MALFORMED_UTF_8(reading(message -> envelope(text(message)))),
  E01_ACCEPTS_WHAT_FOLLOWS(
      reading(message -> envelope(text(message).replaceFirst("\\} *\\{.*\\}$", "}")))),
  E01_ACCEPTS_NOT_A_NUMBER(reading(message -> envelope(text(message).replace("NaN", "0")))),
  E01_ACCEPTS_CONTROL_CHARACTERS(reading(message -> envelope(text(message).replace("\t", " ")))),
  E01_ACCEPTS_A_MISSING_END(
      reading(
          message -> {
            DecodedEnvelope read = envelope(message);
            return read instanceof Envelope ? read : envelope(text(message) + "}");
          })),
  E02_STOPS_AT_500_LEVELS(
      reading(
          message ->
              text(message).contains("[".repeat(500))
                  ? new MalformedEnvelope(null, "too deep")
                  : envelope(message))),
  E02_KNOWS_NO_LIMIT(
      reading(
          message ->
              envelope(text(message).replace("[".repeat(900), "[").replace("]".repeat(900), "]")))),
  E03_TAKES_THE_FIRST_OF_REPEATED_MEMBERS(
      reading(
          message ->
              envelope(message) instanceof Envelope read && read.event().equals("b")
                  ? new Envelope("a", read.data(), read.id())
                  : envelope(message))),
  E03_IS_BLIND_TO_ESCAPED_NAMES(
      reading(
          message ->
              text(message).contains("\\u0065vent")
                  ? new MalformedEnvelope(null, "no event")
                  : envelope(message))),
  E03_TAKES_NUMBERS_FOR_IDS(
      reading(
          message ->
              envelope(message) instanceof Envelope read && text(message).endsWith("\"id\":7}")
                  ? new Envelope(read.event(), read.data(), "7")
                  : envelope(message))),
  E03_MEASURES_IDS_IN_BYTES(
      reading(
          message ->
              envelope(message) instanceof Envelope read
                      && read.id() != null
                      && read.id().getBytes(UTF_8).length > Envelope.MAX_ID_LENGTH
                  ? new Envelope(read.event(), read.data(), null)
                  : envelope(message))),
  E04_SERIALISES_DATA_ANEW(
      reading(
          message ->
              envelope(message) instanceof Envelope read
                  ? new Envelope(read.event(), anew(read.data()), read.id())
                  : envelope(message))),
  E04_TAKES_NULL_FOR_ABSENT(
      reading(
          message ->
              envelope(message) instanceof Envelope read && Json.NULL.equals(read.data())
                  ? new Envelope(read.event(), null, read.id())
                  : envelope(message))),
  E05_TAKES_A_NUMBER_FOR_AN_EVENT(
      reading(
          message -> envelope(text(message).replaceFirst("\"event\":(\\d+)", "\"event\":\"$1\"")))),
  E05_FORGETS_THE_ID(
      reading(
          message ->
              envelope(message) instanceof MalformedEnvelope read
                  ? new MalformedEnvelope(null, read.detail())
                  : envelope(message))),
  E05_QUOTES_WHAT_IT_REFUSES(
      reading(
          message ->
              envelope(message) instanceof MalformedEnvelope read
                  ? new MalformedEnvelope(read.id(), "no envelope: " + text(message))
                  : envelope(message))),
  E06_THROWS(
      reading(
          message -> {
            if (envelope(message) instanceof MalformedEnvelope read) {
              throw new IllegalArgumentException(read.detail());
            }
            return envelope(message);
          })),
  E06_CONSUMES_THE_BUFFER(
      reading(
          message -> {
            DecodedEnvelope read = envelope(message);
            message.position(message.limit());
            return read;
          })),
  E06_READS_ARRAYS_ALONE(reading(message -> envelope(ByteBuffer.wrap(message.array())))),
  E07_WRITES_THE_ID_FIRST(
      writing(
          (event, data, id) ->
              id == null
                  ? written(event, data, null)
                  : ("{\"id\":"
                          + quoted(id)
                          + ","
                          + string(written(event, data, null)).substring(1))
                      .getBytes(UTF_8))),
  E07_WRITES_ABSENT_DATA_AS_NULL(
      writing((event, data, id) -> written(event, data == null ? Json.NULL : data, id))),
  E07_LOSES_LONE_SURROGATES(
      writing((event, data, id) -> written(string(event.getBytes(UTF_8)), data, id))),
  E07_DOES_NOT_ESCAPE(
      writing(
          (event, data, id) ->
              data == null && id == null
                  ? ("{\"event\":\"" + event + "\"}").getBytes(UTF_8)
                  : string(written("e", data, id))
                      .replace("\"e\"", '"' + event + '"')
                      .getBytes(UTF_8))),
  E04_WRITES_UNESCAPED_IDS(
      writing(
          (event, data, id) ->
              id == null || data == null
                  ? written(event, data, id)
                  : string(written(event, data, "i"))
                      .replace("\"id\":\"i\"", "\"id\":\"" + id + '"')
                      .getBytes(UTF_8))),
  E07_GIVES_THE_SAME_ARRAY_TWICE(
      writing(
          new Writing() {
            private final Map<String, byte[]> earlier = new ConcurrentHashMap<>();

            @Override
            public byte[] write(String event, Json data, String id) {
              return earlier.computeIfAbsent(
                  event + data + id, message -> written(event, data, id));
            }
          })),

  B01_ACCEPTS_A_BYTE_ORDER_MARK(
      hearing(message -> busMessage(text(message).replaceFirst("^\ufeff", "")))),
  B01_REPLACES_MALFORMED_UTF_8(hearing(message -> busMessage(text(message)))),
  B02_REFUSES_WHAT_IT_DOES_NOT_KNOW(
      hearing(
          message ->
              text(message).contains("\"id\"")
                  ? new MalformedBusMessage("unknown member")
                  : busMessage(message))),
  B02_REFUSES_EXCLUDED_NULL(
      hearing(
          message ->
              text(message).contains("\"exclude\":null")
                  ? new MalformedBusMessage("exclude is no array")
                  : busMessage(message))),
  B03_ACCEPTS_A_MESSAGE_OF_NOBODY(
      hearing(
          message ->
              busMessage(text(message).replace("\"serverId\":\"\"", "\"serverId\":\"emitter\"")))),
  B04_WRITES_AN_EMPTY_EXCLUDE(
      telling(
          message ->
              message.exclude().isEmpty()
                  ? string(written(message))
                      .replaceFirst("\\}$", ",\"exclude\":[]}")
                      .getBytes(UTF_8)
                  : written(message))),
  B04_WRITES_A_NULL_TARGET(
      telling(
          message ->
              message.target() == null
                  ? string(written(message))
                      .replaceFirst(",\"event\"", ",\"target\":null,\"event\"")
                      .getBytes(UTF_8)
                  : written(message))),
  B04_LOSES_LONE_SURROGATES(
      telling(
          message ->
              written(
                  new BusMessage(
                      message.serverId(),
                      message.type(),
                      message.target() == null ? null : string(message.target().getBytes(UTF_8)),
                      message.event(),
                      message.data(),
                      message.exclude())))),
  B05_SERIALISES_DATA_ANEW(
      hearing(
          message ->
              busMessage(message) instanceof BusMessage read
                  ? new BusMessage(
                      read.serverId(),
                      read.type(),
                      read.target(),
                      read.event(),
                      anew(read.data()),
                      read.exclude())
                  : busMessage(message))),
  B05_THROWS(
      hearing(
          message -> {
            if (busMessage(message) instanceof MalformedBusMessage read) {
              throw new IllegalArgumentException(read.detail());
            }
            return busMessage(message);
          })),

  M01_SERIALISES_JSON_ANEW(
      mapping(
          new Mapper() {
            @Override
            public Json toJson(Object value) {
              return value instanceof Json json ? anew(json) : super.toJson(value);
            }
          })),
  M01_WRITES_NO_NULL(
      mapping(
          new Mapper() {
            @Override
            public Json toJson(Object value) {
              return value == null ? Json.EMPTY_OBJECT : super.toJson(value);
            }
          })),
  M02_READS_OBJECTS_AS_TREES(
      mapping(
          new Mapper() {
            @Override
            public Object fromJson(Json json, Type type) {
              return super.fromJson(json, type == Object.class ? JsonNode.class : type);
            }
          })),
  M03_REFUSES_UNKNOWN_MEMBERS(
      JacksonCodec.on(
          tools.jackson.databind.json.JsonMapper.builder()
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .build())),
  M03_LETS_THE_LIBRARYS_EXCEPTIONS_OUT(
      mapping(
          new Mapper() {
            @Override
            public Object fromJson(Json json, Type type) {
              return PLAIN.readValue(json.toString(), PLAIN.constructType(type));
            }
          })),
  M04_BINDS_JSON_AS_ANY_CLASS(
      mapping(
          new Mapper() {
            @Override
            public Json toJson(Object value) {
              return value instanceof Json || value == null
                  ? super.toJson(value)
                  : Json.trusted(PLAIN.writeValueAsBytes(value));
            }
          })),
  M04_READS_JSON_AS_A_TREE(
      mapping(
          new Mapper() {
            @Override
            public Object fromJson(Json json, Type type) {
              return super.fromJson(type == Json.class ? json : anew(json), type);
            }
          })),
  M05_WRITES_RAW_STRINGS(
      mapping(
          new Mapper() {
            @Override
            public Json toJson(Object value) {
              return Json.trusted(
                  super.toJson(value).toString().replace("\\n", "\n").getBytes(UTF_8));
            }
          })),
  M05_CHECKS_NO_TEXT(
      mapping(
          new Mapper() {
            @Override
            public Json parse(String text) {
              return Json.trusted(text.strip().getBytes(UTF_8));
            }
          }));

  final Codec codec;

  WrongCodec(Codec codec) {
    this.codec = codec;
  }

  /** The rule that it breaks. */
  String rule() {
    return name().substring(0, 3);
  }
}
