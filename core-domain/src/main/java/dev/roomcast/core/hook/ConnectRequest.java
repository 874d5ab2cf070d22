package dev.roomcast.core.hook;

import dev.roomcast.port.transport.Handshake;

/**
 * Who asks to be authenticated.
 *
 * @param clientId the client's id
 * @param handshake the request its connection began with
 */
public record ConnectRequest(String clientId, Handshake handshake) {}
