/**
 * The bus port's twin in memory, and the contract suite that every bus must pass.
 *
 * <p>{@link dev.roomcast.testkit.bus.InMemoryBusNetwork} stands for the Redis server, {@link
 * dev.roomcast.testkit.bus.InMemoryBus} for one server's connection to it.
 */
@NullMarked
package dev.roomcast.testkit.bus;

import org.jspecify.annotations.NullMarked;
