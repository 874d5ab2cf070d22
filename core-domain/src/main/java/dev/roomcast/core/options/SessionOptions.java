package dev.roomcast.core.options;

import java.time.Duration;
import java.util.List;

/**
 * How a session lives. The defaults are those of {@link OptionsBuilder}. Immutable.
 *
 * @param defaultRooms joined at admission
 * @param subprotocols those the server speaks; the client's first choice among them is agreed on
 * @param authTimeout from connecting to {@code authenticate}; three times that for the
 *     authenticator
 * @param heartbeatInterval between sweeps
 * @param heartbeatTimeout silence after which a sweep closes
 * @param expiryGrace after the expiry of an authentication
 * @param transformTimeout for one transformation
 * @param closeTimeout for a close
 * @param encryptedBatchLimit application transformations at once
 * @param requireEncryption whether every client must encrypt
 * @param acceptPlaintext whether an encrypted client may send in the clear
 * @param closeOnBackpressureLimit whether a slow client is closed; otherwise messages are dropped
 */
public record SessionOptions(
    List<String> defaultRooms,
    List<String> subprotocols,
    Duration authTimeout,
    Duration heartbeatInterval,
    Duration heartbeatTimeout,
    Duration expiryGrace,
    Duration transformTimeout,
    Duration closeTimeout,
    int encryptedBatchLimit,
    boolean requireEncryption,
    boolean acceptPlaintext,
    boolean closeOnBackpressureLimit) {

  public SessionOptions {
    defaultRooms = List.copyOf(defaultRooms);
    subprotocols = List.copyOf(subprotocols);
  }

  /** What authenticator and handshake together may take: three times {@code authTimeout}. */
  public Duration authenticatingTimeout() {
    return authTimeout.multipliedBy(3);
  }
}
