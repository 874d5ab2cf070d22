package dev.roomcast.core.options;

import java.util.Set;

/**
 * What one server, address, user or client may use. The defaults are those of {@link
 * OptionsBuilder}. Immutable.
 *
 * @param allowedOrigins in lower case; empty allows every origin
 * @param connections in all
 * @param unauthenticated connections in all that are not admitted
 * @param unauthenticatedPerAddress the same of one remote address
 * @param sessionsPerUser on this server
 * @param roomsPerClient without the client's own
 * @param messagesPerSecond of one client; 0 for no limit
 * @param messageBurst messages that may come at once on top of the rate
 * @param mailboxMessages waiting for a client's handler until reading pauses
 * @param mailboxBytes the same in bytes
 * @param inboxBytes waiting for one event loop until publishes are rejected
 */
public record LimitOptions(
    Set<String> allowedOrigins,
    int connections,
    int unauthenticated,
    int unauthenticatedPerAddress,
    int sessionsPerUser,
    int roomsPerClient,
    int messagesPerSecond,
    int messageBurst,
    int mailboxMessages,
    int mailboxBytes,
    long inboxBytes) {

  /** For a limit that is off. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public LimitOptions {
    allowedOrigins = Set.copyOf(allowedOrigins);
  }
}
