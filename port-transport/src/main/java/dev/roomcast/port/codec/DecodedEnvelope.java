package dev.roomcast.port.codec;

/** What came of reading a client's message. */
public sealed interface DecodedEnvelope permits Envelope, MalformedEnvelope {}
