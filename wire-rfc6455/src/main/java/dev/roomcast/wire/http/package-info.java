/**
 * What adapters need before the upgrade, whichever library reads HTTP for them: limits of a
 * request, and pages beside the WebSocket path. No I/O happens here.
 */
@NullMarked
package dev.roomcast.wire.http;

import org.jspecify.annotations.NullMarked;
