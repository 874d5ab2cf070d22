/**
 * Who may connect to the runnable server: holders of a token from a file or, in development mode,
 * anybody under any name.
 *
 * <p>Tokens are compared by their hashes and appear in no log.
 */
@NullMarked
package dev.roomcast.server.login;

import org.jspecify.annotations.NullMarked;
