package dev.roomcast.port.transport;

import java.net.URI;

/**
 * Where a started transport is reached.
 *
 * @param uri the WebSocket address with the port really bound, for example {@code
 *     ws://127.0.0.1:8080/ws}
 */
public record TransportAddress(URI uri) {}
