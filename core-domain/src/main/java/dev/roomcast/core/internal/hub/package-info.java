/**
 * What the loops of one server share: names of clients, users and rooms, and the transform window.
 *
 * <p>Everything here is thread-safe and small, and knows nothing of what sessions and loops are.
 */
@NullMarked
package dev.roomcast.core.internal.hub;

import org.jspecify.annotations.NullMarked;
