package dev.roomcast.core.audience;

/**
 * How a client ended.
 *
 * @param code the close code: the server's if it closed first, else the client's; 1005 if the
 *     client gave none, 1006 if the connection broke
 * @param reason the close reason, possibly empty
 * @param admitted whether the client had been admitted
 */
public record Disconnection(int code, String reason, boolean admitted) {}
