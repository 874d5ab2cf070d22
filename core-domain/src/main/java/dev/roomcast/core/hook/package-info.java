/**
 * What an application plugs in: who is admitted, which rooms are allowed, what happens to messages.
 *
 * <p>Hooks run on virtual threads and may block; one client's hooks run one at a time, except the
 * authenticator, the encryption handshake, the transformer and the disconnected hook.
 */
@NullMarked
package dev.roomcast.core.hook;

import org.jspecify.annotations.NullMarked;
