package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.hook.ReplyHandler;
import java.lang.reflect.Type;

/**
 * A handler for an event.
 *
 * @param type what the data is bound to
 * @param onLoop whether it never blocks and runs on the loop
 */
public record Route(Type type, ReplyHandler<Object, Object> handler, boolean onLoop) {}
