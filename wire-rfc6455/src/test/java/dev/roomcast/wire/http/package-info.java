/** Tests of what happens before the upgrade. */
@NullMarked
package dev.roomcast.wire.http;

import org.jspecify.annotations.NullMarked;
