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
 * @param housekeeping for what belongs to no connection's loop, such as the deadline of a shutdown
 */
record Parts(
    Transport transport,
    Codec codec,
    @Nullable Bus bus,
    TimeSource time,
    IdSource ids,
    HookExecutor hookExecutor,
    Observer observer,
    EventLoop housekeeping) {}
