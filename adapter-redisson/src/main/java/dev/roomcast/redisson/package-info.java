/**
 * The bus on Redis and Valkey, by Redisson.
 *
 * <p>{@link dev.roomcast.redisson.RedissonBus} is what applications use; one client publishes, one
 * hears, each with a single connection, since order needs that.
 */
@NullMarked
package dev.roomcast.redisson;

import org.jspecify.annotations.NullMarked;
