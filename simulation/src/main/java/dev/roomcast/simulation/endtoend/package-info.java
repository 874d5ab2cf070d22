/**
 * Whole servers over real sockets: {@link dev.roomcast.simulation.endtoend.EndToEndContract} puts a
 * transport below the real core and looks at it with the eyes of a client that is not ours. An
 * adapter's own test extends it, beside the contract of its port.
 */
@NullMarked
package dev.roomcast.simulation.endtoend;

import org.jspecify.annotations.NullMarked;
