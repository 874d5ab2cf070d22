/** Tests of the loop around a selector: on real selectors and threads, and on numbers alone. */
@NullMarked
package dev.roomcast.wire.loop;

import org.jspecify.annotations.NullMarked;
