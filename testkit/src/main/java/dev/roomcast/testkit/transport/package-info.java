/**
 * The transport port's twin in memory, and the contract suite that every transport must pass.
 *
 * <p>{@link dev.roomcast.testkit.transport.SimulatedTransport} lives on virtual time and keeps the
 * port's rules to the letter.
 */
@NullMarked
package dev.roomcast.testkit.transport;

import org.jspecify.annotations.NullMarked;
