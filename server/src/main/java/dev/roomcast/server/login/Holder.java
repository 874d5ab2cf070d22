package dev.roomcast.server.login;

import dev.roomcast.server.room.Member;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whom a token stands for.
 *
 * @param expiry when the token ends; null for never
 */
record Holder(String userId, Member member, @Nullable Instant expiry) {}
