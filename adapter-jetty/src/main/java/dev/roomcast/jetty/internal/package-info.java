/**
 * How Jetty's selectors, end points and requests become loops, byte pipes and upgrades. Not API:
 * used by the package above alone.
 */
@NullMarked
package dev.roomcast.jetty.internal;

import org.jspecify.annotations.NullMarked;
