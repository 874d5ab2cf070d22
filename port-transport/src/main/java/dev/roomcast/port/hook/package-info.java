/**
 * The port on which the application's hooks run.
 *
 * <p>Virtual threads by default; tests run hooks step by step.
 */
@NullMarked
package dev.roomcast.port.hook;

import org.jspecify.annotations.NullMarked;
