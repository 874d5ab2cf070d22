/**
 * One loop's world: what is confined to an event loop, and the inbox through which others reach it.
 *
 * <p>A loop is an actor that owns its sessions; everything that happens to a session is a command
 * in that loop's inbox; everything that a client receives goes through its outbox.
 */
@NullMarked
package dev.roomcast.core.internal.runtime;

import org.jspecify.annotations.NullMarked;
