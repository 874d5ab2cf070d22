package dev.roomcast.port.codec;

/** What came of reading a message from the bus. */
public sealed interface DecodedBusMessage permits BusMessage, MalformedBusMessage {}
