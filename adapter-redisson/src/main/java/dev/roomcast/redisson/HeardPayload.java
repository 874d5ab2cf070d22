package dev.roomcast.redisson;

import org.jspecify.annotations.Nullable;

/**
 * A message's payload on its way to the listener.
 *
 * @param bytes null if it was dropped, since too much waits already
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HeardPayload(byte @Nullable [] bytes) {
  static final HeardPayload DROPPED = new HeardPayload(null);
}
