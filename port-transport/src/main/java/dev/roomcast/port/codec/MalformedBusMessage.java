package dev.roomcast.port.codec;

/**
 * Something on the bus that is no message of ours.
 *
 * @param detail for a log: what is wrong, without any of the text
 */
public record MalformedBusMessage(String detail) implements DecodedBusMessage {}
