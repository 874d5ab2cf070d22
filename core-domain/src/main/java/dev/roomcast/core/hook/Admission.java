package dev.roomcast.core.hook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An authenticator's yes. Immutable.
 *
 * @param <M> the application's metadata
 * @param userId not empty; null for an anonymous client
 * @param metadata kept with the client; null for none
 * @param expiry when the client must have authenticated again; null for never
 */
public record Admission<M>(
    @Nullable String userId, @Nullable M metadata, @Nullable Instant expiry) {

  public Admission {
    if (userId != null && userId.isEmpty()) {
      throw new IllegalArgumentException("userId is empty, expected 1 character or more, or null");
    }
  }

  /** Admits a user with metadata. */
  public static <M> Admission<M> of(String userId, M metadata) {
    return new Admission<>(userId, metadata, null);
  }

  /** Admits a user. */
  public static <M> Admission<M> of(String userId) {
    return new Admission<>(userId, null, null);
  }

  /** Admits a client that stands for no user. */
  public static <M> Admission<M> anonymous() {
    return new Admission<>(null, null, null);
  }

  /** The same, ending at {@code instant} unless the client authenticates again. */
  public Admission<M> expiresAt(@Nullable Instant instant) {
    return new Admission<>(userId, metadata, instant);
  }

  /** Without metadata, which may be secret. */
  @Override
  public String toString() {
    return "Admission[userId=" + userId + ", expiry=" + expiry + "]";
  }
}
