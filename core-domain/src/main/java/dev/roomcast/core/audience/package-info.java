/**
 * The public nouns: who is connected, whom a message goes to, and how that went.
 *
 * <p>Depends on nothing of the framework but itself, so that hooks and the server can both speak of
 * it.
 */
@NullMarked
package dev.roomcast.core.audience;

import org.jspecify.annotations.NullMarked;
