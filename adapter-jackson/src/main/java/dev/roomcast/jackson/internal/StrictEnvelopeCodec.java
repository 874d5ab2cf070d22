package dev.roomcast.jackson.internal;

import dev.roomcast.port.codec.DecodedEnvelope;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.EnvelopeCodec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.MalformedEnvelope;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Envelopes by {@link JsonScanner}. Immutable. */
public final class StrictEnvelopeCodec implements EnvelopeCodec {
  private static final byte[] EVENT = Composer.piece("{\"event\":");
  private static final byte[] DATA = Composer.piece(",\"data\":");
  private static final byte[] ID = Composer.piece(",\"id\":");

  @Override
  public DecodedEnvelope read(ByteBuffer borrowed) {
    ObjectCursor members = ObjectCursor.over(borrowed);
    Slice event = null;
    Slice data = null;
    Slice id = null;
    while (members.next()) {
      if (members.name().is("event")) {
        event = members.value();
      } else if (members.name().is("data")) {
        data = members.value();
      } else if (members.name().is("id")) {
        id = members.value();
      }
    }
    String fault = members.fault();
    if (fault != null) {
      return new MalformedEnvelope(null, fault);
    }
    String name = event == null ? null : event.string();
    if (name == null || name.isEmpty()) {
      return new MalformedEnvelope(usableId(id), "event is missing, empty or no string");
    }
    return new Envelope(name, data == null ? null : data.json(), usableId(id));
  }

  private static @Nullable String usableId(@Nullable Slice value) {
    String id = value == null ? null : value.string();
    return id == null || id.isEmpty() || id.length() > Envelope.MAX_ID_LENGTH ? null : id;
  }

  @Override
  public byte[] write(String event, @Nullable Json data, @Nullable String id) {
    int capacity =
        EVENT.length
            + event.length()
            + 2
            + (data == null ? 0 : DATA.length + data.size())
            + (id == null ? 0 : ID.length + id.length() + 2)
            + 1;
    Composer text = new Composer(capacity).raw(EVENT).string(event);
    if (data != null) {
      text.raw(DATA).json(data);
    }
    if (id != null) {
      text.raw(ID).string(id);
    }
    return text.raw('}').toByteArray();
  }
}
