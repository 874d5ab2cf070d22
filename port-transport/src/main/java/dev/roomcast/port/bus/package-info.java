/**
 * The bus port: how servers share messages.
 *
 * <p>The core implements {@link dev.roomcast.port.bus.BusListener}; an adapter implements {@link
 * dev.roomcast.port.bus.Bus}. What the bytes mean is the core's business.
 */
@NullMarked
package dev.roomcast.port.bus;

import org.jspecify.annotations.NullMarked;
