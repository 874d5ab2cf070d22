/**
 * Between servers: what goes to the bus, what comes from it, and what is worth hearing.
 *
 * <p>One bus thread comes in; it validates, and submits commands to the loops.
 */
@NullMarked
package dev.roomcast.core.internal.cluster;

import org.jspecify.annotations.NullMarked;
