/**
 * The contract suites over TLS: what passes in the clear has to pass there too. For transports
 * whose options are the wire's.
 */
@NullMarked
package dev.roomcast.simulation.tls;

import org.jspecify.annotations.NullMarked;
