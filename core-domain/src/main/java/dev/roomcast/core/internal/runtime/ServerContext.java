package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.audience.Audiences;
import dev.roomcast.core.internal.hub.Directory;
import dev.roomcast.core.internal.hub.Interest;
import dev.roomcast.core.internal.hub.TransformWindow;
import dev.roomcast.core.options.ServerOptions;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;

/**
 * What every session of one server shares. Immutable; its parts are thread-safe.
 *
 * @param audiences for handlers: the server itself
 * @param population counts connections for the limits
 */
public record ServerContext(
    ServerOptions options,
    Codec codec,
    Messages messages,
    Directory<Session, Shard> directory,
    Interest interest,
    TransformWindow transforms,
    Population population,
    Hooks hooks,
    HookCalls hookCalls,
    TimeSource time,
    Observer observer,
    Losses losses,
    Audiences<Object> audiences) {}
