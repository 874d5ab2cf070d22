package dev.roomcast.simulation;

import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.Json;
import dev.roomcast.testkit.cipher.FakeEncryption;
import dev.roomcast.testkit.cipher.ReversibleCipher;
import dev.roomcast.testkit.transport.SimulatedClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the server hands over for one client, decrypting as the client does. */
final class Reader {
  private final Codec codec;
  private final SimulatedClient client;
  private final String publicKey;
  private final List<Received> all = new ArrayList<>();
  private @Nullable ReversibleCipher cipher;

  Reader(Codec codec, SimulatedClient client, String publicKey) {
    this.codec = codec;
    this.client = client;
    this.publicKey = publicKey;
  }

  /** What came since the last call. */
  List<Received> more() {
    List<String> texts = client.handedOver();
    int before = all.size();
    for (String text : texts.subList(before, texts.size())) {
      all.add(read(text));
    }
    return all.subList(before, all.size());
  }

  /** Everything that was handed over and read by {@link #more}. */
  List<Received> handedOver() {
    return all;
  }

  /** What of it has reached the client. */
  List<Received> reached() {
    return all.subList(0, client.received().size());
  }

  private Received read(String text) {
    Envelope outer = envelope(text);
    return switch (outer.event()) {
      case "encrypted" -> opened(text);
      case Application.SECRET -> unwrapped(outer);
      default -> clear(outer);
    };
  }

  private Received opened(String text) {
    if (cipher == null) {
      throw new AssertionError("encrypted before keys were agreed on: " + text);
    }
    return received(envelope(cipher.openEnvelope(text)), true);
  }

  private Received unwrapped(Envelope outer) {
    Received wrapped = received(outer, true);
    Map<?, ?> inner = wrapped.data().get("data") instanceof Map<?, ?> map ? map : Map.of();
    return new Received(wrapped.text("event"), inner, outer.id(), true);
  }

  private Received clear(Envelope outer) {
    Received clear = received(outer, false);
    boolean keys = clear.event().equals("connected") || clear.event().equals("handshake-complete");
    String salt = clear.text("salt");
    if (keys && !salt.isEmpty() && !salt.equals(Application.OWN_SALT)) {
      cipher = FakeEncryption.client(publicKey, clear.text("serverPublicKey"), salt);
    }
    return clear;
  }

  private Envelope envelope(String text) {
    var decoded = codec.envelopes().read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    if (decoded instanceof Envelope envelope) {
      return envelope;
    }
    throw new AssertionError("a server sent what is no envelope: " + text);
  }

  private Received received(Envelope envelope, boolean encrypted) {
    Json data = envelope.data();
    Object value = data == null ? null : codec.mapper().fromJson(data, Object.class);
    return new Received(
        envelope.event(),
        value instanceof Map<?, ?> members ? members : Map.of(),
        envelope.id(),
        encrypted);
  }
}
