package dev.roomcast.port.transport;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;

/**
 * What a transport needs of the core.
 *
 * @param settings limits and time-outs of every connection
 * @param acceptor called for each request and connection
 * @param observer counts what the transport drops or refuses by itself
 * @param time for time-outs
 */
public record TransportContext(
    TransportSettings settings, Acceptor acceptor, Observer observer, TimeSource time) {}
