package dev.roomcast.redisson;

/** A message's payload on its way to the listener. Confined to the thread that runs listeners. */
final class HeardPayload {
  private final byte[] bytes;
  private boolean told;

  HeardPayload(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whether nobody has asked before. */
  boolean isTheFirstTime() {
    boolean first = !told;
    told = true;
    return first;
  }
}
