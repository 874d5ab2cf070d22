package dev.roomcast.port.transport;

/**
 * One text message, made ready once by {@link Transport#prepare} and sent to many. Frame header and
 * compression belong to the transport. Immutable.
 */
public interface PreparedMessage {

  /** The size of the message's text in bytes of UTF-8, without framing. */
  int size();
}
