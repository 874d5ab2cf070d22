/**
 * What the transport on Undertow is made of: XNIO's threads as loops, its connections as byte
 * pipes, and the HTTP before the upgrade. No API.
 */
@NullMarked
package dev.roomcast.undertow.internal;

import org.jspecify.annotations.NullMarked;
