package dev.roomcast.port.transport;

/** When a message is offered to the socket. */
public enum Flush {
  /** At the end of the current turn of the loop: answers, errors, direct messages. */
  TURN_END,
  /** At the end of the turn, or a little later while the loop is busy: fan-out. */
  PACED
}
