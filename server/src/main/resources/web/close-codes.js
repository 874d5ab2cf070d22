/**
 * What a close code means to a person, and whether the client tries again by itself, as far as the code alone says it
 * (verdict.js says the rest of 4003 and 4004):
 *
 * - `backoff`: yes. Nothing that was sent is sent again but the way in and back to the rooms, which is in small
 *   messages, so even a fault of one message (1007, 1009) is no loop.
 * - `later`: yes, but not within half of the longest delay.
 * - `never`: somebody decided that this client shall not be connected, and would decide so again.
 *
 * @typedef {'backoff' | 'later' | 'never'} Retry
 * @typedef {{ name: string, meaning: string, retry: Retry }} CloseCode
 */

/** @type {(name: string, retry: Retry, meaning: string) => CloseCode} */
const code = (name, retry, meaning) => Object.freeze({ name, meaning, retry });

/** @type {Readonly<Record<number, CloseCode>>} */
export const CLOSE_CODES = Object.freeze({
  1000: code('Closed', 'never', 'One side was done.'),
  1001: code('Going away', 'backoff', 'The server shuts down, or it heard nothing for too long.'),
  1002: code('Protocol error', 'backoff', 'One side broke the WebSocket protocol.'),
  1005: code('No code', 'backoff', 'The connection was closed without a code.'),
  1006: code('Connection lost', 'backoff', 'The connection broke or never came about.'),
  1007: code('Malformed UTF-8', 'backoff', 'A text message was no valid UTF-8.'),
  1008: code('Policy violation', 'never', 'Something between here and the server forbids this connection.'),
  1009: code('Message too big', 'backoff', 'A message was larger than the server takes.'),
  1011: code('Internal error', 'backoff', 'The server failed.'),
  4001: code('Authentication timeout', 'backoff', 'Authenticating took too long.'),
  4002: code('Heartbeat timeout', 'backoff', 'The server heard nothing from this client, which may have been asleep.'),
  4003: code('Authentication failed', 'never', 'The server refused this name or token, failed to check it, or takes no further session of this user.'),
  4004: code('Encryption required', 'never', 'The server insists on encryption, and that did not come about or could not go on.'),
  4005: code('Slow consumer', 'backoff', 'This client read more slowly than messages came; some are lost.'),
  4006: code('Rate limited', 'later', 'This client sent too much too fast.'),
  4007: code('Disconnected', 'never', 'The application ended this connection.'),
  // Asks for a fresh token; where there is none the stale one is refused, and 4003 ends it.
  4008: code('Authentication expired', 'backoff', 'The authentication ran out and was not renewed.'),
});

const UNLISTED = code('Closed', 'backoff', 'No meaning is known for this code.');

/**
 * @param {number} closeCode
 * @returns {CloseCode}
 */
export function closeCode(closeCode) {
  return CLOSE_CODES[closeCode] ?? UNLISTED;
}
