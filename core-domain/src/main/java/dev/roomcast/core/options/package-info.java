/**
 * Every option of a server, with its default, unit and source.
 *
 * <p>{@link dev.roomcast.core.options.OptionsBuilder} is what applications use; the records are
 * what the framework reads.
 */
@NullMarked
package dev.roomcast.core.options;

import org.jspecify.annotations.NullMarked;
