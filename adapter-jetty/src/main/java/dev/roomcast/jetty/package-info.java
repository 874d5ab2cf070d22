/**
 * The transport port on Jetty, which does the HTTP upgrade, TLS and socket readiness. After the
 * upgrade the bytes belong to the wire module; no type of Jetty is visible to the core.
 */
@NullMarked
package dev.roomcast.jetty;

import org.jspecify.annotations.NullMarked;
