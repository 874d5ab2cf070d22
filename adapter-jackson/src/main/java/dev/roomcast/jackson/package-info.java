/**
 * The codec port on Jackson 3: envelopes by its streaming API, the application's types by its
 * mapper. No type of Jackson is visible to any other module.
 */
@NullMarked
package dev.roomcast.jackson;

import org.jspecify.annotations.NullMarked;
