package dev.roomcast.port.observation;

/** What is counted. Names are stable: metrics are derived from them. */
public enum Signal {
  /** A connection was opened. */
  CONNECTION_OPENED,
  /** An upgrade request was refused by a limit or the origin list. */
  CONNECTION_REFUSED,
  /** A connection ended. */
  CONNECTION_CLOSED,
  /** A client was admitted. */
  CLIENT_ADMITTED,
  /** An authenticator refused, threw or was too slow. */
  AUTHENTICATION_FAILED,
  /** A user had as many sessions as allowed, and one more was refused. */
  SESSION_REFUSED,
  /** A message came from a client, well formed or not. */
  MESSAGE_RECEIVED,
  /** A message from a client was no envelope. */
  MESSAGE_MALFORMED,
  /** A message was refused because of the client's state. */
  MESSAGE_REFUSED,
  /** A message waited for its client's handler when the client ended, and was dropped. */
  MESSAGE_UNHANDLED,
  /** A message could not be decrypted. */
  MESSAGE_UNDECIPHERABLE,
  /** A message was queued for one client. */
  MESSAGE_QUEUED,
  /** A message for one client was dropped because the client is slow. */
  MESSAGE_DROPPED_SLOW,
  /** A message for one client was dropped because it could not be encrypted. */
  MESSAGE_DROPPED_UNENCRYPTED,
  /** A message waiting for one client was dropped because its connection ended. */
  MESSAGE_DROPPED_CLOSED,
  /** A publish was rejected by one loop because its inbox is full. */
  PUBLISH_REJECTED,
  /** A client was closed because it is slow. */
  SLOW_CONSUMER_CLOSED,
  /** A client was closed because it sent too much. */
  RATE_LIMITED,
  /** A client was refused a room. */
  ROOM_REFUSED,
  /** A hook threw. */
  HOOK_FAILED,
  /** A message was published to the bus. */
  BUS_PUBLISHED,
  /** The bus did not take a message. */
  BUS_PUBLISH_FAILED,
  /** A message came from the bus. */
  BUS_RECEIVED,
  /** A message from the bus concerned nobody here and was dropped unparsed. */
  BUS_IRRELEVANT,
  /** A message from the bus was malformed or on the wrong channel. */
  BUS_MALFORMED,
  /** A subscription was not confirmed in time. */
  BUS_CONFIRMATION_MISSED,
  /** A canary did not come back. */
  BUS_CANARY_MISSED,
  /** The bus lost its connection: what others published until it was back was not heard. */
  BUS_CONNECTION_LOST,
  /** A message from the bus was dropped, because too many waited. */
  BUS_DROPPED
}
