/**
 * The transport port on Undertow, which does the HTTP upgrade, TLS and socket readiness. After the
 * upgrade the bytes belong to the wire module; no type of Undertow is visible to the core.
 */
@NullMarked
package dev.roomcast.undertow;

import org.jspecify.annotations.NullMarked;
