/**
 * A real Redis for tests, and what can happen to one.
 *
 * <p>{@link dev.roomcast.testkit.redis.TestRedis} is a server that tests share, {@link
 * dev.roomcast.testkit.redis.RedisProcess} one that a test starts, kills and freezes.
 */
@NullMarked
package dev.roomcast.testkit.redis;

import org.jspecify.annotations.NullMarked;
