package dev.roomcast.port.codec;

/** Everything the core needs of a JSON library. Thread-safe. */
public interface Codec {

  /** Between clients and servers. */
  EnvelopeCodec envelopes();

  /** Between servers. */
  BusMessageCodec busMessages();

  /** Between JSON text and the application's types. */
  JsonMapper mapper();
}
