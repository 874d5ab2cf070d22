package dev.roomcast.jackson.internal;

import dev.roomcast.port.codec.BusMessage;
import dev.roomcast.port.codec.BusMessageCodec;
import dev.roomcast.port.codec.DecodedBusMessage;
import dev.roomcast.port.codec.MalformedBusMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bus messages by {@link JsonScanner}. Immutable. */
public final class StrictBusMessageCodec implements BusMessageCodec {
  private static final byte[] SERVER_ID = Composer.piece("{\"serverId\":");
  private static final byte[] TYPE = Composer.piece(",\"type\":");
  private static final byte[] TARGET = Composer.piece(",\"target\":");
  private static final byte[] EVENT = Composer.piece(",\"event\":");
  private static final byte[] DATA = Composer.piece(",\"data\":");
  private static final byte[] EXCLUDE = Composer.piece(",\"exclude\":");

  /** What every message takes beside its strings and data. */
  private static final int FRAME = 80;

  /** A UUID with quotes and comma. */
  private static final int EXCLUDED = 39;

  @Override
  public DecodedBusMessage read(ByteBuffer borrowed) {
    ObjectCursor members = ObjectCursor.over(borrowed);
    Slice serverId = null;
    Slice type = null;
    Slice target = null;
    Slice event = null;
    Slice data = null;
    Slice exclude = null;
    while (members.next()) {
      Slice name = members.name();
      if (name.is("serverId")) {
        serverId = members.value();
      } else if (name.is("type")) {
        type = members.value();
      } else if (name.is("target")) {
        target = members.value();
      } else if (name.is("event")) {
        event = members.value();
      } else if (name.is("data")) {
        data = members.value();
      } else if (name.is("exclude")) {
        exclude = members.value();
      }
    }
    String fault = members.fault();
    if (fault != null) {
      return new MalformedBusMessage(fault);
    }
    String sender = string(serverId);
    String kind = string(type);
    String what = string(event);
    if (sender == null || sender.isEmpty()) {
      return lacking("serverId");
    }
    if (kind == null || kind.isEmpty()) {
      return lacking("type");
    }
    if (what == null || what.isEmpty()) {
      return lacking("event");
    }
    return new BusMessage(
        sender,
        kind,
        string(target),
        what,
        data == null ? null : data.json(),
        exclude == null ? List.of() : strings(exclude));
  }

  private static @Nullable String string(@Nullable Slice value) {
    return value == null ? null : value.string();
  }

  private static MalformedBusMessage lacking(String member) {
    return new MalformedBusMessage(member + " is missing, empty or no string");
  }

  /** The strings of an array that was scanned before, hence is in order. */
  private static List<String> strings(Slice array) {
    if (!array.isArray()) {
      return List.of();
    }
    List<String> strings = new ArrayList<>();
    JsonScanner elements =
        new JsonScanner(array.text(), array.from(), array.to(), JsonScanner.DATA_LEVELS);
    elements.open('[');
    while (elements.peek() != ']') {
      int from = elements.at();
      elements.skipValue();
      String string = new Slice(array.text(), from, elements.at()).string();
      if (string != null) {
        strings.add(string);
      }
      elements.skipSpace();
      if (elements.peek() == ',') {
        elements.take(',');
        elements.skipSpace();
      }
    }
    return strings;
  }

  @Override
  public byte[] write(BusMessage message) {
    Composer text = new Composer(capacity(message));
    text.raw(SERVER_ID).string(message.serverId()).raw(TYPE).string(message.type());
    if (message.target() != null) {
      text.raw(TARGET).string(message.target());
    }
    text.raw(EVENT).string(message.event());
    if (message.data() != null) {
      text.raw(DATA).json(message.data());
    }
    if (!message.exclude().isEmpty()) {
      text.raw(EXCLUDE);
      char before = '[';
      for (String excluded : message.exclude()) {
        text.raw(before).string(excluded);
        before = ',';
      }
      text.raw(']');
    }
    return text.raw('}').toByteArray();
  }

  private static int capacity(BusMessage message) {
    return FRAME
        + message.serverId().length()
        + message.type().length()
        + (message.target() == null ? 0 : message.target().length())
        + message.event().length()
        + (message.data() == null ? 0 : message.data().size())
        + message.exclude().size() * EXCLUDED;
  }
}
