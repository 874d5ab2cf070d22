package dev.roomcast.redisson;

/** A message's payload on its way to the listener. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HeardPayload(byte[] bytes) {}
