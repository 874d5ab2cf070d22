package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.hook.Admission;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client is told when it was admitted: the protocol, sections 1.3.5 and 1.3.7. */
final class Welcome {
  /** Always three digits of milliseconds. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Welcome() {}

  static OutboundMessage connected(
      ServerContext context,
      Session session,
      Admission<Object> admission,
      LoginResult.@Nullable Keys keys) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", session.id());
    put(data, "userId", admission.userId());
    data.put("time", TIME.format(context.time().instant()));
    if (keys != null) {
      putKeys(data, keys);
    }
    return context.messages().encode("connected", data, null);
  }

  static OutboundMessage authenticated(
      ServerContext context, Admission<Object> admission, @Nullable String requestId) {
    Map<String, Object> data = new LinkedHashMap<>();
    put(data, "userId", admission.userId());
    Instant expiry = admission.expiry();
    put(data, "expiresAt", expiry == null ? null : TIME.format(expiry));
    return context.messages().encode("authenticated", data, requestId);
  }

  static OutboundMessage handshakeComplete(
      ServerContext context, LoginResult.Keys keys, @Nullable String requestId) {
    Map<String, Object> data = new LinkedHashMap<>();
    putKeys(data, keys);
    return context.messages().encode("handshake-complete", data, requestId);
  }

  private static void putKeys(Map<String, Object> data, LoginResult.Keys keys) {
    data.put("serverPublicKey", keys.serverPublicKey());
    data.put("salt", keys.salt());
    put(data, "signature", keys.signature());
  }

  private static void put(Map<String, Object> data, String name, @Nullable Object value) {
    if (value != null) {
      data.put(name, value);
    }
  }
}
