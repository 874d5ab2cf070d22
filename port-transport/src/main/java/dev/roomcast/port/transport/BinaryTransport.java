package dev.roomcast.port.transport;

/**
 * A transport that sends binary messages too. The core sends texts alone; endpoints beside it may
 * want more.
 */
public interface BinaryTransport extends Transport {

  /**
   * Prepares one binary message, as {@link #prepare} does a text (T05).
   *
   * @param payload owned by the result from now on and not to be changed
   * @param compressible false for what is encrypted, which must not be compressed
   */
  PreparedMessage prepareBinary(byte[] payload, boolean compressible);
}
