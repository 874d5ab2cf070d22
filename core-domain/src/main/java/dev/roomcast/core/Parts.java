package dev.roomcast.core;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.hook.HookExecutor;
import dev.roomcast.port.id.IdSource;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The adapters that a server is composed of.
 *
 * @param housekeeping for what belongs to no connection's loop; null for a thread of its own while
 *     one is needed
 */
record Parts(
    Transport transport,
    Codec codec,
    @Nullable Bus bus,
    TimeSource time,
    IdSource ids,
    HookExecutor hookExecutor,
    Observer observer,
    @Nullable EventLoop housekeeping) {}
